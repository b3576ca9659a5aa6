// Feeds damaged drawings to the sanitiser, until the time is over. With
// `swift run -c release --sanitize address fuzz-svg [seconds] [seed]` reads past an end are found.

import SVG
import SVGTesting

let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) ?? 0 }
var fuzzer = Fuzzer(seed: arguments.dropFirst().first ?? 1)
try fuzzer.run(seconds: Int(arguments.first ?? 10))
