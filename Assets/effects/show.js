// A place where effects are seen: a canvas for what is drawn, an element for each picture or film, and above them
// a canvas for texts, so that nothing lies over a name.

import { effects } from "./all.js";
import { Layer } from "./layer.js";
import { energyOf, lookOf } from "./look.js";
import { mediaElement } from "./media.js";
import { chance } from "./scene.js";

/** @typedef {import("./look.js").BrandKit} BrandKit */
/** @typedef {import("./scene.js").Draw} Draw */
/**
 * @typedef {object} Activation what the API says of an effect that was triggered
 * @property {string} id
 * @property {string} effectId
 * @property {string} triggeredAt
 * @property {string | null} [text]
 * @property {{ name: string, durationMs: number, category?: string, media?: { url: string, type: string } | null }} effect
 */
/** @typedef {{ activation: Activation, began: number, ends: number, draw?: Draw, element?: HTMLElement }} Playing */

/** More at once are not told apart, and cost frames. */
const most = 6;
/** What is cleared is gone after so many milliseconds. */
const leaving = 300;

export class Show {
  /** How many were shown since the page was opened. */
  shown = 0;
  /** @type {Playing[]} */
  #playing = [];
  #ground;
  #texts;
  /** @type {BrandKit | null} */
  #kit = null;
  /** @type {number | undefined} since when everything goes */
  #leaves;
  /** @type {number | undefined} until what stands still goes */
  #standing;
  #frame = 0;
  #frames = 0;
  #drawing = 0;
  #last = 0;

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.#ground = new Layer(place);
    this.#texts = new Layer(place, "texts");
    new ResizeObserver(() => this.#fit()).observe(place);
    this.#fit();
  }

  /** @param {BrandKit | null} kit */
  set kit(kit) {
    this.#kit = kit;
    this.#prepare();
  }

  /**
   * Frames per second while something was drawn, since this was asked the last time; 0 where nothing was.
   */
  takeFrameRate() {
    const rate = this.#drawing > 0 ? this.#frames * 1000 / this.#drawing : 0;
    this.#frames = this.#drawing = 0;
    return Math.round(rate);
  }

  /**
   * @param {Activation} activation
   * @param {number} [age] how long ago it began, in milliseconds
   */
  play(activation, age = 0) {
    const { durationMs, media } = activation.effect;
    const isKnown = media || effects.has(activation.effectId);
    const isNew = !this.#playing.some((one) => one.activation.id === activation.id);
    if (!isKnown || !isNew || age >= durationMs) return;
    if (this.#leaves !== undefined) this.#drop(this.#playing);
    const began = performance.now() - age;
    /** @type {Playing} */
    const playing = { activation, began, ends: began + durationMs };
    if (media) {
      playing.element = mediaElement(media, age);
      this.place.append(playing.element);
    } else {
      playing.draw = this.#begin(activation);
    }
    this.#playing.push(playing);
    this.shown += 1;
    this.#drop(this.#playing.slice(0, -most));
    this.#wake();
  }

  /**
   * Shows one moment for as long as the whole would last, for who wants no motion.
   * @param {Activation} activation
   */
  still(activation) {
    const { durationMs } = activation.effect;
    const moment = durationMs / 1000 * (effects.get(activation.effectId)?.still ?? 0.5);
    this.#erase();
    const layer = this.#layer(activation);
    layer.fade(1);
    layer.paint(this.#begin(activation), moment);
    clearTimeout(this.#standing);
    this.#standing = window.setTimeout(() => this.#erase(), durationMs);
  }

  /** Lets everything go, softly. */
  clear() {
    clearTimeout(this.#standing);
    if (this.#playing.length > 0) this.#leaves ??= performance.now();
    else this.#erase();
  }

  #erase() {
    this.#ground.erase();
    this.#texts.erase();
  }

  /** @param {Activation} activation */
  #layer({ effect }) {
    return effect.category === "text" ? this.#texts : this.#ground;
  }

  /** @param {Playing[]} gone */
  #drop(gone) {
    for (const one of gone) one.element?.remove();
    this.#playing = this.#playing.filter((one) => !gone.includes(one));
    if (this.#playing.length === 0) this.#leaves = undefined;
  }

  /** @param {Activation} activation */
  #begin({ id, effectId, text, effect }) {
    const { width, height } = this.#ground.canvas;
    return effects.get(effectId)?.begin({
      width, height, unit: Math.min(width, height) / 100, seconds: effect.durationMs / 1000,
      energy: energyOf(this.#kit), look: lookOf(this.#kit), text: text ?? "", random: chance(id),
    });
  }

  /** Anew for another size or another brand: by the same chance, so that nothing jumps. */
  #prepare() {
    for (const one of this.#playing) if (one.draw) one.draw = this.#begin(one.activation);
  }

  #fit() {
    const scale = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [this.place.clientWidth * scale, this.place.clientHeight * scale].map(Math.round);
    const { canvas } = this.#ground;
    if (!width || !height || (width === canvas.width && height === canvas.height)) return;
    for (const layer of [this.#ground, this.#texts]) layer.fit(width, height);
    this.#prepare();
  }

  #wake() {
    if (this.#frame !== 0) return;
    this.#last = performance.now();
    this.#frame = requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    const now = performance.now();
    this.#frames += 1;
    this.#drawing += now - this.#last;
    this.#last = now;
    const isOver = this.#leaves !== undefined && now >= this.#leaves + leaving;
    this.#drop(this.#playing.filter((one) => isOver || now >= one.ends));
    this.#paint(now);
    this.#frame = this.#playing.length > 0 ? requestAnimationFrame(() => this.#tick()) : 0;
  }

  /** @param {number} now */
  #paint(now) {
    const there = this.#leaves === undefined ? 1 : 1 - (now - this.#leaves) / leaving;
    for (const layer of [this.#ground, this.#texts]) layer.fade(there);
    this.#erase();
    for (const one of this.#playing) {
      if (one.element) one.element.style.opacity = String(there * edge(one, now));
      this.#layer(one.activation).paint(one.draw, (now - one.began) / 1000);
    }
  }
}

/**
 * Pictures and films come and go softly.
 * @param {Playing} playing
 * @param {number} now
 */
function edge({ began, ends }, now) {
  return Math.min(1, (now - began) / 400, (ends - now) / 400);
}
