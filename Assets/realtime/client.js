// Live events over a WebSocket. It comes back by itself and goes on where it was: of each topic every event
// arrives once and in order, or `resync` says that everything must be read anew.

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
/** @typedef {{ ears: Ears, since?: number, isLive: boolean }} Subscription */
/** @typedef {{ resolve: (answer: any) => void, reject: (reason: Error) => void }} Waiting */

const QUIET_MAX = 25_000;
const ANSWER_MAX = 10_000;
const PAUSE_MIN = 500;
const PAUSE_MAX = 30_000;

export class Realtime extends EventTarget {
  /** "connecting", "open", "waiting" until it is tried again, or "closed". Each change is a `state` event. */
  state = "closed";
  /** The id of the user whom the server takes us for. @type {string | null} */
  user = null;

  /** @type {Map<string, Subscription>} */
  #subscriptions = new Map();
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  /** @type {WebSocket | undefined} */
  #socket;
  #lastID = 0;
  #pause = PAUSE_MIN;
  /** @type {number | undefined} */
  #timer;
  /** @type {number | undefined} */
  #asked;
  #url;
  #token;

  /**
   * Without a token the browser's session cookie counts, where there is one.
   * @param {{ url?: string, token?: () => string | undefined }} [options]
   */
  constructor({ url = address(), token = () => undefined } = {}) {
    super();
    this.#url = url;
    this.#token = token;
    addEventListener("online", () => this.state === "waiting" && this.#connect());
  }

  // MARK: What one wants

  /**
   * Listens to a topic, until the function that is returned is called.
   * @param {string} topic
   * @param {Ears} ears
   * @param {number} [since] the last event that is known already
   */
  subscribe(topic, ears, since) {
    if (this.#subscriptions.has(topic)) throw new Error(`${topic} is listened to already`);
    this.#subscriptions.set(topic, { ears, since, isLive: false });
    if (this.state === "closed") this.#connect();
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
   * Sends a message and gives the answer to it. It is sent once: when the connection breaks meanwhile, nobody
   * knows whether it arrived, and the promise is rejected.
   * @param {string} type
   * @param {Record<string, any>} [members]
   * @returns {Promise<any>}
   */
  ask(type, members = {}) {
    const socket = this.#socket;
    if (!socket || socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Error("there is no connection"));
    }
    const id = ++this.#lastID;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ type, id, ...members }));
    });
  }

  /** Ends the connection for good. */
  close() {
    this.#subscriptions.clear();
    this.#move("closed");
    this.#drop();
  }

  /** Breaks the connection, as a network does; it comes back. */
  interrupt() { this.#lose(); }

  // MARK: The connection

  #connect() {
    clearTimeout(this.#timer);
    this.#drop();
    this.#move("connecting");
    const socket = new WebSocket(this.#url, ["atrium"]);
    this.#socket = socket;
    this.#expectAnswer();
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.#socket) return;
      this.#heard();
      this.#take(JSON.parse(data));
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket === this.#socket) this.#lose(code);
    });
  }

  #drop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#asked);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
    for (const { reject } of this.#waiting.values()) reject(new Error("the connection was lost"));
    this.#waiting.clear();
    for (const subscription of this.#subscriptions.values()) subscription.isLive = false;
  }

  /** @param {number} [code] */
  #lose(code) {
    if (this.state === "closed") return;
    this.#drop();
    // Whoever is not signed in any more has to do something about it.
    if (code === 4401) {
      this.#move("closed");
      return this.dispatchEvent(new Event("signedout"));
    }
    this.#move("waiting");
    const pause = this.#pause * (0.5 + Math.random() / 2);
    this.#pause = Math.min(this.#pause * 2, PAUSE_MAX);
    this.#timer = setTimeout(() => this.#connect(), pause);
  }

  /** @param {string} state */
  #move(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  // MARK: Whether anybody is there

  #heard() {
    clearTimeout(this.#timer);
    clearTimeout(this.#asked);
    this.#timer = setTimeout(() => {
      this.#expectAnswer();
      this.ask("ping").then((pong) => this.#note(pong.seq), () => {});
    }, QUIET_MAX);
  }

  #expectAnswer() {
    this.#asked = setTimeout(() => this.#lose(), ANSWER_MAX);
  }

  /** All events of resources up to a number were told. @param {number | undefined} seq */
  #note(seq) {
    if (seq === undefined) return;
    for (const [topic, subscription] of this.#subscriptions) {
      if (topic.startsWith("resources/") && subscription.isLive) {
        subscription.since = Math.max(seq, subscription.since ?? 0);
      }
    }
  }

  // MARK: Messages

  /** @param {any} message */
  #take(message) {
    const subscription = this.#subscriptions.get(message.topic);
    switch (message.type) {
      case "hello": this.#open(message.user); break;
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
      case "reconnect": this.#pause = Math.max(message.after, 1); break;
      default: this.#settle(message);
    }
  }

  /** @param {any} answer */
  #settle(answer) {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.type === "error") {
      waiting?.reject(Object.assign(new Error(answer.message), { code: answer.code }));
    } else {
      waiting?.resolve(answer);
    }
  }

  /** @param {string | null} user */
  async #open(user) {
    const token = this.#token();
    this.user = user;
    if (user === null && token) {
      try {
        this.user = (await this.ask("auth", { token })).user;
      } catch (error) {
        if (/** @type {any} */ (error).code) this.#lose(4401);
        return;
      }
    }
    this.#pause = PAUSE_MIN;
    this.#move("open");
    for (const topic of this.#subscriptions.keys()) this.#begin(topic);
  }

  /** @param {string} topic */
  async #begin(topic) {
    const subscription = this.#subscriptions.get(topic);
    if (!subscription) return;
    const isFirst = subscription.since === undefined;
    try {
      const answer = await this.ask("subscribe", { topic, since: subscription.since });
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
