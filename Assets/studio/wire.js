// Live events of the session under way, for who is signed in.

import { Realtime } from "../realtime/client.js";

/** @typedef {import("../app/session.js").Session} Session */
/** @typedef {import("../realtime/client.js").LiveEvent} LiveEvent */

/** After what may pass by itself, in milliseconds. */
const patience = 5_000;

/** Fires `told` with an event, `anew` when everything must be read again, and `state`. */
export class Wire extends EventTarget {
  #live;
  /** @type {string | undefined} */
  #topic;
  #isDown = false;

  /** @param {Session} session */
  constructor(session) {
    super();
    this.session = session;
    this.#live = new Realtime({ token: () => session.accessToken });
    this.#live.addEventListener("state", () => this.#follow());
    this.#live.addEventListener("signedout", () => void this.#showAnew());
  }

  /** Whether events come at once, or will in a moment. */
  get isUp() {
    return !this.#isDown;
  }

  /** @param {string | undefined} id of the session that is listened to, in place of another */
  follow(id) {
    const topic = id && `studio/sessions/${id}`;
    if (topic === this.#topic) return;
    this.#live.close();
    this.#topic = topic;
    if (topic) this.#listen(topic);
  }

  /** Down is what was lost, until it is there again: not each try between. */
  #follow() {
    const { state } = this.#live;
    if (state === "waiting") this.#isDown = true;
    else if (state !== "connecting") this.#isDown = false;
    this.dispatchEvent(new Event("state"));
  }

  /** @param {string} topic */
  #listen(topic) {
    this.#live.subscribe(topic, {
      event: (event) => this.dispatchEvent(new CustomEvent("told", { detail: event })),
      ready: () => this.dispatchEvent(new Event("anew")),
      resync: () => this.dispatchEvent(new Event("anew")),
      refused: () => {
        this.dispatchEvent(new Event("anew"));
        window.setTimeout(() => topic === this.#topic && this.#listenAnew(topic), patience);
      },
    });
  }

  /** The token that was shown is none any more. A new one is asked for, and whoever gets none is signed out. */
  async #showAnew() {
    const topic = this.#topic;
    const isRenewed = await this.session.refresh().then(() => true, () => false);
    if (!topic || topic !== this.#topic || !this.session.user) return;
    if (isRenewed) this.#listenAnew(topic);
    else window.setTimeout(() => topic === this.#topic && void this.#showAnew(), patience);
  }

  /** @param {string} topic */
  #listenAnew(topic) {
    this.#live.close();
    this.#listen(topic);
  }
}
