// An effect in the grid: what it looks like, what it is called, and why it may not be shown just now.

import { h } from "../docs/dom.js";
import { sign, signButton } from "../app/ui.js";
import { Preview } from "./preview.js";
import { categories, motions, tierName } from "./words.js";

/** @typedef {import("./api.js").Effect} Effect */
/** @typedef {import("../effects/look.js").BrandKit} BrandKit */

/** @type {Record<string, string>} what is written on a tile */
const samples = { "lower-third": "Ada | Live from home", "shout-out": "Thank you!", countdown: "" };

export class Tile {
  element;
  #button;
  #note = h("span", { class: "why" });
  #key = h("kbd", { "aria-hidden": "true" });
  #preview;

  /**
   * @param {Effect} effect
   * @param {{ trigger: (effect: Effect) => void, remove: (effect: Effect) => void }} actions
   */
  constructor(effect, actions) {
    this.effect = effect;
    this.#preview = effect.media ? undefined : new Preview(effect.id, effect.durationMs / 1000, {
      width: 320, height: 180, text: samples[effect.id],
    });
    const picture = h("span", { class: "picture" }, this.#preview?.element, effect.media && media(effect.media), this.#key);
    this.#button = h("button", { type: "button", class: "bare trigger", title: effect.description },
      picture, h("span", { class: "words" },
        h("span", { class: "name" }, effect.name, effect.takesText && sign("text")),
        h("span", { class: "facts quiet" }, categories[effect.category] ?? effect.category, bars(effect.motion)),
        this.#note));
    this.#button.addEventListener("click", () => actions.trigger(effect));
    for (const name of ["pointerenter", "focus"]) this.#button.addEventListener(name, () => this.#move());
    for (const name of ["pointerleave", "blur"]) this.#button.addEventListener(name, () => this.#rest());
    this.element = h("li", { class: "tile", "data-id": effect.id }, this.#button,
      effect.source === "uploaded"
        && signButton("trash", `Delete: ${effect.name}`, () => actions.remove(effect), { class: "bare remove" }));
    this.#rest();
  }

  /** @param {BrandKit | null} kit */
  wear(kit) {
    this.#preview?.wear(kit);
  }

  /**
   * @param {number | undefined} digit that triggers it
   * @param {string | undefined} objection of the brand kit
   */
  note(digit, objection) {
    const { isAllowed, tier } = this.effect;
    this.#key.textContent = digit === undefined ? "" : String(digit);
    this.#note.textContent = isAllowed ? objection ?? "" : `Needs the tier ${tierName(tier)}`;
    this.element.classList.toggle("off", !isAllowed || objection !== undefined);
    if (digit === undefined) this.#button.removeAttribute("aria-keyshortcuts");
    else this.#button.setAttribute("aria-keyshortcuts", String(digit));
  }

  /** Says by a blink that it was sent. */
  blink() {
    this.element.classList.remove("sent");
    // Reading a measure has the browser begin the animation anew.
    void this.element.offsetWidth;
    this.element.classList.add("sent");
  }

  focus() {
    this.#button.focus();
  }

  #move() {
    this.#preview?.move();
    const video = this.element.querySelector("video");
    if (video) void video.play().catch(() => undefined);
  }

  #rest() {
    this.#preview?.rest();
    this.element?.querySelector("video")?.pause();
  }
}

/**
 * How strong it is, as bars.
 * @param {number} motion
 */
function bars(motion) {
  const words = `Motion ${motion} of 5: ${(motions[motion] ?? "").toLowerCase()}`;
  return h("span", { class: "bars", title: words },
    ...[1, 2, 3, 4, 5].map((level) => h("i", { class: level <= motion && "on" })), h("span", { class: "hidden" }, words));
}

/** @param {{ url: string, type: string }} media */
function media({ url, type }) {
  if (!type.startsWith("video/")) return h("img", { src: url, alt: "", loading: "lazy" });
  const video = h("video", { src: url, preload: "metadata", playsinline: true, loop: true, "aria-hidden": "true" });
  video.muted = true;
  return video;
}
