// What is counted of the session: how much was shown, refused, and of what kind.

import { byID, h } from "../docs/dom.js";
import { categories, duration } from "./words.js";

/** @typedef {import("./broadcast.js").Broadcast} Broadcast */

export class Numbers {
  #facts = byID("numbers", HTMLElement);
  #kinds = byID("kinds", HTMLElement);

  /** @param {Broadcast} broadcast */
  constructor(broadcast) {
    this.broadcast = broadcast;
    broadcast.addEventListener("numbers", () => this.#show());
    this.#show();
  }

  #show() {
    const metrics = this.broadcast.stream?.metrics;
    this.#facts.replaceChildren(
      fact("Shown", metrics ? metrics.activations.toLocaleString("en") : "–"),
      fact("Refused", metrics ? metrics.refused.toLocaleString("en") : "–"),
      fact("Paused for", metrics ? duration(metrics.pausedSeconds) : "–"));
    const counts = Object.entries(metrics?.byCategory ?? {}).filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one);
    const most = Math.max(1, ...counts.map(([, count]) => count));
    this.#kinds.replaceChildren(...counts.map(([category, count]) => h("li", {},
      h("span", {}, categories[category] ?? category),
      h("meter", { min: 0, max: most, value: count, "aria-label": `${categories[category] ?? category}: ${count}` }),
      h("span", { class: "figures" }, String(count)))));
    this.#kinds.hidden = counts.length === 0;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}
