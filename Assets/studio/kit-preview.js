// What a brand kit looks like on three effects.

import { Preview } from "./preview.js";

/** @typedef {import("./api.js").KitDraft} KitDraft */

export class KitPreview {
  #previews = [
    new Preview("lower-third", 6, { width: 640, height: 360, text: "Ada Lovelace | Live from the engine room" }),
    new Preview("confetti", 6, { width: 320, height: 180 }),
    new Preview("shout-out", 6, { width: 320, height: 180, text: "Thank you!" }),
  ];

  /** @param {HTMLElement} place */
  constructor(place) {
    place.append(...this.#previews.map((preview) => preview.element));
  }

  /** @param {KitDraft} kit */
  wear(kit) {
    for (const preview of this.#previews) preview.wear(kit);
  }

  /** @param {boolean} isOn */
  move(isOn) {
    for (const preview of this.#previews) {
      if (isOn) preview.move(preview.still);
      else preview.stop();
    }
  }
}
