// Live events. They come back by themselves and go on where they were: of each topic every event arrives once and
// in order, or `resync` says that everything must be read anew.

import { Connection } from "./connection.js";

/** @typedef {{ topic: string, seq: number, kind: string, at: string, row?: string, from?: string | null, data?: any }} LiveEvent */
/** @typedef {{ code: string, message: string }} Refusal */
/** @typedef {{ count: number, members: { id: string, name: string | null }[] }} Present */
/**
 * What is done with what a topic tells.
 * @typedef {object} Ears
 * @property {(event: LiveEvent) => void} event
 * @property {() => void} [ready] it is listened to for the first time: what is read now is as new as the events
 * @property {() => void} [resync] events were lost: read everything anew
 * @property {(refusal: Refusal) => void} [refused] one may not listen to it, or not any more
 * @property {(present: Present) => void} [presence]
 */
/** @typedef {{ ears: Ears, since?: number, key?: string, isLive: boolean }} Subscription */

/** Dispatches `state` when the connection comes or goes, and `signedout`. */
export class Realtime extends EventTarget {
  /** @type {Map<string, Subscription>} */
  #subscriptions = new Map();
  #connection;

  /**
   * Without a token the browser's session cookie counts, where there is one.
   * @param {{ url?: string, token?: () => string | undefined }} [options]
   */
  constructor(options = {}) {
    super();
    this.#connection = new Connection(
      options.url ?? address(), options.token ?? (() => undefined), (message) => this.#take(message));
    this.#connection.addEventListener("open", () => {
      for (const topic of this.#subscriptions.keys()) this.#begin(topic);
    });
    this.#connection.addEventListener("lost", () => {
      for (const subscription of this.#subscriptions.values()) subscription.isLive = false;
    });
    for (const name of ["state", "signedout"]) {
      this.#connection.addEventListener(name, () => this.dispatchEvent(new Event(name)));
    }
  }

  /** "connecting", "open", "waiting" until it is tried again, or "closed". */
  get state() { return this.#connection.state; }

  /** The id of the user whom the server takes us for, or null. */
  get user() { return this.#connection.user; }

  /**
   * Listens to a topic, until the function that is returned is called.
   * @param {string} topic
   * @param {Ears} ears
   * @param {{ since?: number, key?: string }} [place] the last event that is known already, and what opens a topic
   *   of an app to who is not signed in
   */
  subscribe(topic, ears, place = {}) {
    const { since, key } = place;
    if (this.#subscriptions.has(topic)) throw new Error(`${topic} is listened to already`);
    this.#subscriptions.set(topic, { ears, since, key, isLive: false });
    if (this.state === "closed") this.#connection.open();
    else if (this.state === "open") this.#begin(topic);
    return () => {
      if (!this.#subscriptions.delete(topic)) return;
      if (this.state === "open") this.ask("unsubscribe", { topic }).catch(() => {});
    };
  }

  /**
   * Says something to a topic of an app.
   * @param {string} topic
   * @param {any} data
   */
  publish(topic, data) { return this.ask("publish", { topic, data }); }

  /**
   * Sends a message, such as one of an app's types, and gives the answer to it.
   * @param {string} type
   * @param {Record<string, any>} [members]
   * @returns {Promise<any>}
   */
  ask(type, members) { return this.#connection.ask(type, members); }

  /** Ends the connection for good. */
  close() {
    this.#subscriptions.clear();
    this.#connection.close();
  }

  /** Breaks the connection, as a network does; it comes back. */
  interrupt() { this.#connection.lose(); }

  /** @param {any} message */
  #take(message) {
    const subscription = this.#subscriptions.get(message.topic);
    switch (message.type) {
      case "event":
        if (!subscription || message.seq <= (subscription.since ?? -1)) break;
        subscription.since = message.seq;
        subscription.ears.event(message);
        break;
      case "resync":
        if (!subscription) break;
        subscription.since = message.seq;
        subscription.ears.resync?.();
        break;
      case "left":
        this.#subscriptions.delete(message.topic);
        subscription?.ears.refused?.(message);
        break;
      case "presence": subscription?.ears.presence?.(message); break;
      case "pong": this.#note(message.seq); break;
    }
  }

  /**
   * All events of resources up to a number were told.
   * @param {number | undefined} seq
   */
  #note(seq) {
    if (seq === undefined) return;
    for (const [topic, subscription] of this.#subscriptions) {
      if (topic.startsWith("resources/") && subscription.isLive) {
        subscription.since = Math.max(seq, subscription.since ?? 0);
      }
    }
  }

  /** @param {string} topic */
  async #begin(topic) {
    const subscription = this.#subscriptions.get(topic);
    if (!subscription) return;
    const isFirst = subscription.since === undefined;
    try {
      const { since, key } = subscription;
      const answer = await this.ask("subscribe", { topic, since, key });
      subscription.since = Math.max(answer.seq, subscription.since ?? 0);
      subscription.isLive = true;
      if (isFirst) subscription.ears.ready?.();
    } catch (error) {
      const { code, message } = /** @type {any} */ (error);
      // Without a code the connection is gone, and everything begins anew.
      if (!code) return;
      this.#subscriptions.delete(topic);
      subscription.ears.refused?.({ code, message });
    }
  }
}

function address() {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/websocket`;
}
