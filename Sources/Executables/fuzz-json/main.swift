// Feeds damaged texts to everything in Coding that reads from outside, until the time is over. With
// `swift run -c release --sanitize address fuzz-json [seconds] [seed]` reads past an end are found.

import Fuzzing

var run = FuzzRun()
var damage = TextDamage.toTexts(seed: run.seed)
try run { run in try Fuzzer().round(damage.next(), &run) }
