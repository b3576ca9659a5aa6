// One effect alone on a canvas: a still picture, or moving while somebody looks.

import { effects } from "../effects/all.js";
import { energyOf, lookOf } from "../effects/look.js";
import { chance } from "../effects/scene.js";

/** @typedef {import("../effects/look.js").BrandKit} BrandKit */
/** @typedef {import("../effects/scene.js").Draw} Draw */

/** Small pictures show fewer and larger things. */
const enlarged = 1.5;

/** Whether things may move by themselves. */
export function mayMove() {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export class Preview {
  element = document.createElement("canvas");
  /** @type {Pick<BrandKit, "colorPalette" | "typography" | "motionIntensity"> | null} */
  #kit = null;
  /** @type {Draw | undefined} */
  #draw;
  #frame = 0;
  #began = 0;
  #text = "";

  /**
   * @param {string} id of an effect
   * @param {number} seconds that it lasts
   * @param {{ width: number, height: number, text?: string }} options
   */
  constructor(id, seconds, { width, height, text = "" }) {
    this.effect = effects.get(id);
    this.id = id;
    this.seconds = seconds;
    this.#text = text;
    this.element.width = width;
    this.element.height = height;
    this.element.setAttribute("aria-hidden", "true");
  }

  /** @param {Pick<BrandKit, "colorPalette" | "typography" | "motionIntensity"> | null} kit */
  wear(kit) {
    this.#kit = kit;
    this.#ready();
    if (this.#frame === 0) this.rest();
  }

  /**
   * Over and over.
   * @param {number} [from] a moment, in seconds
   */
  move(from = 0) {
    if (!mayMove() || this.#frame !== 0 || !this.effect) return;
    if (!this.#draw) this.#ready();
    this.#began = performance.now() - from * 1000;
    this.#tick();
  }

  /** Stays as it is. */
  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** The moment that says most. */
  get still() {
    return this.seconds * (this.effect?.still ?? 0.5);
  }

  /** Shows that moment. */
  rest() {
    this.stop();
    if (!this.#draw) this.#ready();
    this.#show(this.still);
  }

  #tick() {
    this.#show(((performance.now() - this.#began) / 1000) % this.seconds);
    this.#frame = requestAnimationFrame(() => this.#tick());
  }

  #ready() {
    const { width, height } = this.element;
    this.#draw = this.effect?.begin({
      width, height, unit: Math.min(width, height) / 100 * enlarged, seconds: this.seconds, energy: energyOf(this.#kit),
      look: lookOf(this.#kit), text: this.#text, random: chance(this.id),
    });
  }

  /** @param {number} time */
  #show(time) {
    const context = this.element.getContext("2d");
    context?.clearRect(0, 0, this.element.width, this.element.height);
    if (context) this.#draw?.(context, time);
  }
}
