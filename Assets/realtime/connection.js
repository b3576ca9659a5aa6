// A WebSocket that comes back: connects anew with growing pauses, asks a quiet server whether it is there, and
// shows a token each time. `client.js` listens to topics over it.

/** @typedef {{ resolve: (answer: any) => void, reject: (reason: Error) => void }} Waiting */
/** @typedef {(message: any) => void} Take */

const QUIET_MAX = 25_000;
const ANSWER_MAX = 10_000;
const PAUSE_MIN = 500;
const PAUSE_MAX = 30_000;
/** The session has ended, or the token is none. */
const SIGNED_OUT = 4401;

/** Dispatches `state`, `open` each time that it can be used, `lost`, and `signedout`. */
export class Connection extends EventTarget {
  /** "connecting", "open", "waiting" until it is tried again, or "closed". */
  state = "closed";
  /** The id of the user whom the server takes us for, or null. */
  user = /** @type {string | null} */ (null);

  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  /** @type {WebSocket | undefined} */
  #socket;
  #lastID = 0;
  #pause = PAUSE_MIN;
  /** @type {number | undefined} */
  #timer;
  /** @type {number | undefined} */
  #patience;
  #url;
  #token;
  #take;

  /**
   * @param {string} url
   * @param {() => string | undefined} token
   * @param {Take} take gets each message that is no answer
   */
  constructor(url, token, take) {
    super();
    this.#url = url;
    this.#token = token;
    this.#take = take;
    addEventListener("online", () => this.state === "waiting" && this.open());
  }

  open() {
    this.#drop();
    this.#move("connecting");
    const socket = new WebSocket(this.#url, ["atrium"]);
    this.#socket = socket;
    this.#expectAnswer();
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.#socket) return;
      this.#heard();
      this.#read(JSON.parse(data));
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket === this.#socket) this.lose(code);
    });
  }

  /** Ends it for good. */
  close() {
    this.#move("closed");
    this.#drop();
  }

  /**
   * Gives a connection up, and tries another after a while.
   * @param {number} [code]
   */
  lose(code) {
    if (this.state === "closed") return;
    this.#drop();
    // Whoever is not signed in any more has to do something about it.
    if (code === SIGNED_OUT) {
      this.#move("closed");
      this.dispatchEvent(new Event("signedout"));
      return;
    }
    this.#move("waiting");
    const pause = this.#pause * (0.5 + Math.random() / 2);
    this.#pause = Math.min(this.#pause * 2, PAUSE_MAX);
    this.#timer = setTimeout(() => this.open(), pause);
  }

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

  #drop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
    for (const { reject } of this.#waiting.values()) reject(new Error("the connection was lost"));
    this.#waiting.clear();
    this.dispatchEvent(new Event("lost"));
  }

  /** @param {string} state */
  #move(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  #heard() {
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#timer = setTimeout(() => {
      this.#expectAnswer();
      this.ask("ping").then((pong) => this.#take(pong), () => {});
    }, QUIET_MAX);
  }

  #expectAnswer() {
    this.#patience = setTimeout(() => this.lose(), ANSWER_MAX);
  }

  /** @param {any} message */
  #read(message) {
    switch (message.type) {
      case "hello": this.#greet(message.user); break;
      case "reconnect": this.#pause = Math.max(message.after, 1); break;
      case "ack": case "pong": this.#settle(message)?.resolve(message); break;
      case "error":
        this.#settle(message)?.reject(
          Object.assign(new Error(message.message), { code: message.code }));
        break;
      default: this.#take(message);
    }
  }

  /** @param {{ id?: any }} answer */
  #settle({ id }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /** @param {string | null} user */
  async #greet(user) {
    this.user = user;
    const token = this.#token();
    if (user === null && token) {
      try {
        this.user = (await this.ask("auth", { token })).user;
      } catch (error) {
        if (/** @type {any} */ (error).code) this.lose(SIGNED_OUT);
        return;
      }
    }
    this.#pause = PAUSE_MIN;
    this.#move("open");
    this.dispatchEvent(new Event("open"));
  }
}
