// Feeds damaged texts to everything in Coding that reads from outside, until the time is over. With
// `swift run -c release --sanitize address fuzz-json [seconds] [seed]` reads past an end are found.

import Coding
import Foundation
import Values

let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) ?? 0 }
var fuzzer = Fuzzer(seed: arguments.dropFirst().first ?? 1)
try fuzzer.run(seconds: Int(arguments.first ?? 10))
