// The stream under way, its effects and its brand: what all parts of the page show, and who is told of changes.

import { Problem } from "../app/problem.js";
import { Wire } from "./wire.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./api.js").Effect} Effect */
/** @typedef {import("./api.js").Stream} Stream */
/** @typedef {import("../effects/look.js").BrandKit} BrandKit */
/** @typedef {import("../effects/show.js").Activation} Activation */
/** @typedef {import("../realtime/client.js").LiveEvent} LiveEvent */
/** @typedef {{ effect: Effect, problem: Problem, at: string }} Refusal */

/** Until the numbers are read anew when nothing is told, and after something was, in milliseconds. */
const [quiet, soon] = [15_000, 400];

/**
 * Fires `stream` when it starts, moves or ends, `numbers` when it is counted anew, `kit`, `activated` and `refused`
 * with what happened, and `wire` when the line comes or goes.
 */
export class Broadcast extends EventTarget {
  /** @type {Stream | undefined} that has not ended */
  stream;
  /** @type {BrandKit | null} of the stream */
  kit = null;
  /** When the numbers were read, by our clock. */
  readAt = 0;
  /** @type {Set<string>} activations that were shown */
  #known = new Set();
  #timer = 0;

  /**
   * @param {API} api
   * @param {import("../app/session.js").Session} session
   */
  constructor(api, session) {
    super();
    this.api = api;
    this.wire = new Wire(session);
    this.wire.addEventListener("told", (event) => this.#take(/** @type {CustomEvent<LiveEvent>} */ (event).detail));
    this.wire.addEventListener("anew", () => void this.count());
    this.wire.addEventListener("state", () => this.dispatchEvent(new Event("wire")));
  }

  get isActive() {
    return this.stream?.status === "active";
  }

  /** What is under way on the server, maybe from another tab. */
  async begin() {
    for (const status of /** @type {const} */ (["active", "paused"])) {
      const { data } = await this.api.streams({ limit: 1, status });
      if (data[0]) return this.#set(data[0]);
    }
    await this.#set(undefined);
  }

  /** Forgets everything. */
  leave() {
    this.wire.follow(undefined);
    window.clearTimeout(this.#timer);
    this.stream = undefined;
    this.kit = null;
    this.#known.clear();
  }

  /** @param {{ platform: string, brandKitId?: string }} wish */
  async start(wish) {
    await this.#set(await this.api.start(wish));
  }

  /** @param {"pause" | "resume" | "end"} step */
  async move(step) {
    if (!this.stream) return;
    const moved = await this.api.move(step, this.stream.id);
    await this.#set(moved);
  }

  /**
   * Has an effect shown. What is refused is told, and not thrown.
   * @param {Effect} effect
   * @param {string} [text]
   */
  async trigger(effect, text) {
    if (!this.stream) return false;
    try {
      this.#activate(await this.api.trigger(this.stream.id, effect.id, text));
      return true;
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0, "ERROR", String(error));
      const refusal = { effect, problem, at: new Date().toISOString() };
      this.dispatchEvent(new CustomEvent("refused", { detail: refusal }));
      this.#countSoon();
      return false;
    }
  }

  /** Reads the status anew. */
  async count() {
    const id = this.stream?.id;
    if (!id) return;
    const stream = await this.api.status(id).catch(() => undefined);
    if (this.stream?.id !== id) return;
    if (stream) await this.#set(stream);
    else this.#countIn(quiet);
  }

  /**
   * Why an effect would be refused by the brand kit; undefined where it fits.
   * @param {Effect} effect
   */
  objection({ category, motion }) {
    if (!this.kit) return undefined;
    if (!this.kit.allowedCategories.includes(category)) return `${this.kit.name} does not allow this category`;
    return motion > this.kit.motionIntensity ? `Stronger than ${this.kit.name} allows` : undefined;
  }

  /** @param {LiveEvent} event */
  #take({ kind, data }) {
    if (kind === "effect") this.#activate(data);
    else if (kind === "brand-kit") this.#wear(data.brandKit);
    else if (kind === "session" && this.stream?.id === data.id) void this.count();
    else this.#countSoon();
  }

  /** @param {Activation} activation */
  #activate(activation) {
    if (this.#known.has(activation.id)) return;
    this.#known.add(activation.id);
    this.dispatchEvent(new CustomEvent("activated", { detail: activation }));
    this.#countSoon();
  }

  /** @param {Stream | undefined} stream */
  async #set(stream) {
    const before = this.stream;
    const now = stream?.status === "ended" ? undefined : stream;
    this.stream = now;
    this.readAt = Date.now();
    this.wire.follow(now?.id);
    if (before?.id !== now?.id || before?.status !== now?.status) this.dispatchEvent(new Event("stream"));
    this.dispatchEvent(new Event("numbers"));
    if (now) this.#countIn(quiet);
    else window.clearTimeout(this.#timer);
    if (before?.id !== now?.id) await this.#fetchKit(now?.brandKitId);
  }

  /** @param {string | null | undefined} id */
  async #fetchKit(id) {
    const found = id ? await this.api.kit(id).catch(() => undefined) : undefined;
    this.#wear(found?.kit ?? null);
  }

  /** @param {BrandKit | null} kit */
  #wear(kit) {
    this.kit = kit;
    this.dispatchEvent(new Event("kit"));
  }

  #countSoon() {
    this.#countIn(soon);
  }

  /** @param {number} delay */
  #countIn(delay) {
    window.clearTimeout(this.#timer);
    if (this.stream) this.#timer = window.setTimeout(() => void this.count(), delay);
  }
}
