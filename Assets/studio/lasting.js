// Whichever session of a creator's is under way: told of each that begins, the overlay shows it until it has ended,
// and is blank until the next one.

import { Screening, passes, patience } from "./screening.js";

/** @typedef {import("../realtime/client.js").Refusal} Refusal */
/** @typedef {import("./screening.js").Screen} Screen */

export class Lasting {
  /** @type {Screening | undefined} */
  #now;
  /** Whether it is known what was under way when the page was opened. */
  #hasLooked = false;
  #isOver = false;

  /**
   * @param {Screen} screen
   * @param {string} creatorId
   * @param {string} key
   * @param {(refusal: Refusal) => void} over called when the link is none, or none any more
   */
  constructor(screen, creatorId, key, over) {
    this.screen = screen;
    this.creatorId = creatorId;
    this.key = key;
    this.over = over;
    screen.live.addEventListener("state", () => screen.live.state === "open" && void this.#look());
    this.#listen();
  }

  #listen() {
    if (this.#isOver) return;
    this.screen.live.subscribe(`studio/creators/${this.creatorId}`, {
      event: () => void this.#look(),
      ready: () => void this.#look(),
      resync: () => void this.#look(),
      refused: (refusal) => this.#give(refusal, () => this.#listen()),
    }, { key: this.key });
  }

  /** Asks what is under way. The answers come in the order of the questions: the last one is true. */
  async #look() {
    try {
      const { creatorId, key } = this;
      const { session } = await this.screen.live.ask("overlay.current", { creatorId, key });
      if (this.#isOver) return;
      this.#follow(session?.id);
      this.#hasLooked = true;
    } catch (error) {
      // Without a code the line is down: it is asked again when it comes back. Of a link that is none the topic says so.
      const refusal = /** @type {any} */ (error);
      if (refusal.code && passes(refusal)) this.#give(refusal, () => void this.#look());
    }
  }

  /** @param {string | undefined} id */
  #follow(id) {
    if (id && id === this.#now?.id) return;
    this.#now?.stop();
    this.#now = id ? this.#screening(id) : undefined;
    if (!id) this.#wait();
  }

  /**
   * What began while the page was there is shown from its beginning.
   * @param {string} id
   */
  #screening(id) {
    const screening = new Screening(this.screen, id, this.key, {
      isNew: this.#hasLooked,
      over: () => {
        if (this.#now === screening) this.#now = undefined;
        this.#wait();
      },
    });
    return screening;
  }

  #wait() {
    this.screen.diagnosis.note("Session", "none: the next one is waited for");
  }

  /** @param {Refusal} refusal @param {() => void} again */
  #give(refusal, again) {
    if (this.#isOver) return;
    if (passes(refusal)) {
      this.screen.diagnosis.explain(refusal);
      setTimeout(again, patience);
      return;
    }
    this.#isOver = true;
    this.#now?.stop();
    // Of a session this means something else.
    this.over(refusal.code === "TOPIC_NOT_FOUND" ? { ...refusal, code: "LINK_NOT_FOUND" } : refusal);
  }
}
