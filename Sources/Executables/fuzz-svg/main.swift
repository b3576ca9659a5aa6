// Feeds damaged drawings to the sanitiser, until the time is over. With
// `swift run -c release --sanitize address fuzz-svg [seconds] [seed]` reads past an end are found.

import Fuzzing
import SVGTesting

var run = FuzzRun()
var damage = TextDamage.toDrawings(seed: run.seed)
try run { run in
    try Fuzzer().round(String(decoding: damage.next(), as: UTF8.self), &run)
}
