// The effects by their ids, and the moment of each that says most.

import { aurora } from "./aurora.js";
import { balloons } from "./balloons.js";
import { confetti } from "./confetti.js";
import { countdown } from "./countdown.js";
import { fireworks } from "./fireworks.js";
import { glitch } from "./glitch.js";
import { hearts } from "./hearts.js";
import { lowerThird } from "./lower-third.js";
import { shoutOut } from "./shout-out.js";
import { snow } from "./snow.js";
import { spotlight } from "./spotlight.js";
import { starfield } from "./starfield.js";
import { wipe } from "./wipe.js";

/** @typedef {import("./scene.js").Effect} Effect */

/** @type {Map<string, { begin: Effect, still: number }>} `still` is a part of the whole time */
export const effects = new Map([
  ["confetti", { begin: confetti, still: 0.13 }],
  ["fireworks", { begin: fireworks, still: 0.43 }],
  ["hearts", { begin: hearts, still: 0.45 }],
  ["balloons", { begin: balloons, still: 0.42 }],
  ["spotlight", { begin: spotlight, still: 0.5 }],
  ["lower-third", { begin: lowerThird, still: 0.5 }],
  ["shout-out", { begin: shoutOut, still: 0.5 }],
  ["countdown", { begin: countdown, still: 0.37 }],
  ["snow", { begin: snow, still: 0.5 }],
  ["starfield", { begin: starfield, still: 0.5 }],
  ["aurora", { begin: aurora, still: 0.5 }],
  ["glitch", { begin: glitch, still: 0.5 }],
  ["wipe", { begin: wipe, still: 0.3 }],
]);
