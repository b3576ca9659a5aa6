// One session on the overlay: its effects, its brand and its course, until it has ended.

/** @typedef {import("../realtime/client.js").LiveEvent} LiveEvent */
/** @typedef {import("../realtime/client.js").Refusal} Refusal */
/**
 * Where it is shown, by what it is heard, and how far the server's clock is ahead of ours, in milliseconds.
 * @typedef {object} Screen
 * @property {import("../effects/show.js").Show} show
 * @property {import("../realtime/client.js").Realtime} live
 * @property {import("./diagnosis.js").Diagnosis} diagnosis
 * @property {number} ahead
 */

/** Between two signs of life, in milliseconds. */
const beat = 10_000;
/** Clocks are compared by whole seconds. */
const moment = 2_000;
/** After what may pass by itself. */
export const patience = 5_000;
const passing = ["SERVICE_UNAVAILABLE", "INTERNAL_ERROR", "RATE_LIMITED"];

/** @param {Refusal} refusal */
export function passes({ code }) {
  return passing.includes(code);
}

export class Screening {
  status = "";
  /** @type {boolean | undefined} once it has asked */
  #isGreeted;
  #isOver = false;
  #timer;
  #leave = () => {};
  /** @type {number | undefined} */
  #since;

  /**
   * @param {Screen} screen
   * @param {string} id of the session
   * @param {string} key that opens it
   * @param {{ isNew?: boolean, over: (refusal?: Refusal) => void }} options of a new one all is heard that was said
   *   so far; `over` is called when it has ended, or may not be listened to
   */
  constructor(screen, id, key, options) {
    this.screen = screen;
    this.id = id;
    this.key = key;
    this.over = options.over;
    this.#since = options.isNew ? 0 : undefined;
    this.#listen();
    if (options.isNew) void this.#greet();
    this.#timer = setInterval(() => void this.#tell(), beat);
    screen.live.addEventListener("state", this.#resume);
  }

  /** Lets it go, with all that is seen of it. */
  stop() {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    this.screen.live.removeEventListener("state", this.#resume);
    this.#leave();
    this.screen.show.clear();
  }

  #listen() {
    if (this.#isOver) return;
    this.#leave = this.screen.live.subscribe(`studio/sessions/${this.id}`, {
      event: (event) => this.#take(event),
      ready: () => void this.#greet(),
      resync: () => void this.#greet(),
      refused: (refusal) => this.#give(refusal, () => this.#listen()),
    }, { key: this.key, since: this.#since });
  }

  /** Who was not greeted before the line was lost asks again: what comes after is told either way. */
  #resume = () => {
    if (this.screen.live.state === "open" && this.#isGreeted === false) void this.#greet();
  };

  /** How things stand, asked after listening has begun: nothing falls between. */
  async #greet() {
    this.#isGreeted ??= false;
    try {
      const { session, brandKit } = await this.#ask("overlay.hello");
      if (this.#isOver) return;
      this.#isGreeted = true;
      this.#wear(brandKit);
      this.#follow(session.status);
      void this.#tell();
    } catch (error) {
      // Without a code the line is down: it comes back, and with it everything that was missed.
      const refusal = /** @type {any} */ (error);
      if (refusal.code) this.#give(refusal, () => void this.#greet());
    }
  }

  /** @param {string} type @param {Record<string, any>} [members] */
  #ask(type, members) {
    return this.screen.live.ask(type, { sessionId: this.id, key: this.key, ...members });
  }

  /** @param {LiveEvent} event */
  #take({ kind, data, at }) {
    if (this.#isOver) return;
    this.screen.diagnosis.note("Last event", `${kind} at ${at}`);
    if (kind === "effect") this.#play(data);
    else if (kind === "session") this.#follow(data.status);
    else if (kind === "brand-kit") this.#wear(data.brandKit);
  }

  /** @param {import("../effects/show.js").Activation} activation */
  #play(activation) {
    const { show, ahead, diagnosis } = this.screen;
    if (this.status === "paused" || this.status === "ended") return;
    const age = Date.now() + ahead - Date.parse(activation.triggeredAt);
    // What was on its way for a moment only begins at its beginning.
    show.play(activation, age < moment ? 0 : age);
    diagnosis.note("Effects shown", show.shown);
  }

  /** @param {import("../effects/look.js").BrandKit | null} kit */
  #wear(kit) {
    this.screen.show.kit = kit;
    this.screen.diagnosis.note("Brand kit", kit?.name ?? "none");
  }

  /** @param {string} status */
  #follow(status) {
    this.status = status;
    this.screen.diagnosis.note("Session", status);
    if (status !== "active") this.screen.show.clear();
    if (status === "ended") this.#finish();
  }

  /** Says that the overlay is there, and how it does. */
  async #tell() {
    const { show, live, diagnosis } = this.screen;
    const framesPerSecond = show.takeFrameRate();
    diagnosis.note("Frames per second", framesPerSecond || "nothing is drawn");
    if (live.state !== "open") return;
    await this.#ask("overlay.beat", { shown: show.shown, framesPerSecond }).catch(() => {});
  }

  /** @param {Refusal} refusal @param {() => void} again */
  #give(refusal, again) {
    if (this.#isOver) return;
    if (passes(refusal)) {
      this.screen.diagnosis.explain(refusal);
      setTimeout(again, patience);
    } else {
      this.#finish(refusal);
    }
  }

  /** @param {Refusal} [refusal] */
  #finish(refusal) {
    this.stop();
    this.over(refusal);
  }
}
