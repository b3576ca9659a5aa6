// What stands beside the door: effects one after the other, on a picture of a stream.

import { byID } from "../docs/dom.js";
import { Show } from "../effects/show.js";
import { mayMove } from "./preview.js";

const turns = [
  { effectId: "confetti", durationMs: 6000, text: "" },
  { effectId: "lower-third", durationMs: 6000, text: "Ada Lovelace | Live from the engine room" },
  { effectId: "hearts", durationMs: 6000, text: "" },
  { effectId: "shout-out", durationMs: 5000, text: "New subscriber!" },
  { effectId: "starfield", durationMs: 7000, text: "" },
];

export class Pitch {
  #show = new Show(byID("pitch-show", HTMLElement));
  #turn = 0;
  #timer = 0;

  /** @param {boolean} isSeen */
  look(isSeen) {
    window.clearTimeout(this.#timer);
    if (!isSeen) return this.#show.clear();
    if (mayMove()) this.#next();
    else this.#show.still({ ...activation(1), effect: { name: "", durationMs: 6000 } });
  }

  #next() {
    const one = activation(this.#turn);
    this.#show.play(one);
    this.#turn += 1;
    this.#timer = window.setTimeout(() => this.#next(), one.effect.durationMs - 600);
  }
}

/** @param {number} turn */
function activation(turn) {
  const { effectId, durationMs, text } = turns[turn % turns.length] ?? { effectId: "confetti", durationMs: 6000, text: "" };
  return { id: `pitch-${turn}`, effectId, text, triggeredAt: "", effect: { name: effectId, durationMs, category: text ? "text" : "" } };
}
