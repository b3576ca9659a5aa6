// Who is signed in. The access token is in memory only; the refresh token is a cookie that no script
// reads. Tabs take turns in refreshing, and tell each other what came of it.

import { Problem } from "./problem.js";
import { alone, post, remember, remembered } from "./tabs.js";

/** @typedef {{ id: string, email: string, name: string | null }} User */
/** @typedef {{ accessToken: string, expiresIn: number, user: User }} Tokens */

/** Before an access token ends, in milliseconds. */
const early = 60_000;
/** Until a refresh that found no server is tried again. */
const patience = 15_000;

/** Fires `in`, `out` and `renewed`. */
export class Session extends EventTarget {
  /** @type {User | undefined} */
  user;
  #token = "";
  #endsAt = 0;
  /** @type {number | undefined} */
  #timer;
  /** @type {Promise<void> | undefined} */
  #refreshing;
  #tabs = new BroadcastChannel("atrium-session");

  constructor() {
    super();
    this.#tabs.addEventListener("message", ({ data }) => {
      if (data === "out") this.#leave();
      else this.#take(data);
    });
    // Timers of a tab in the background, or of a sleeping machine, are late.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.user && this.#isEnding(early)) this.#quietly();
    });
    window.addEventListener("online", () => this.user && this.#isEnding(early) && this.#quietly());
  }

  /** Signs in by the cookie, where this browser was signed in before. */
  async resume() {
    if (!remembered()) return false;
    try {
      await this.refresh();
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
    }
    return this.user !== undefined;
  }

  /** @param {{ email: string, password: string }} credentials */
  signIn(credentials) {
    return this.#enter("/login", credentials);
  }

  /**
   * False where a mail comes first.
   * @param {{ email: string, password: string, name?: string }} person
   */
  register(person) {
    return this.#enter("/register", person);
  }

  /** @param {{ code: string, codeVerifier: string }} proof */
  exchange(proof) {
    return this.#enter("/exchange", proof);
  }

  /**
   * Turns a refresh token of the address into the cookie.
   * @param {string} refreshToken
   */
  adopt(refreshToken) {
    return this.#enter("/refresh", { refreshToken });
  }

  /** An access token that is good for some seconds. */
  async token() {
    if (this.#isEnding(5_000)) await this.refresh();
    return this.#token;
  }

  /** The token as it is, for who shows it again by himself. */
  get accessToken() {
    return this.#token || undefined;
  }

  /** New tokens, one tab after the other. Who has waited for another tab may have them by then. */
  refresh() {
    const before = this.#endsAt;
    const work = async () => {
      if (this.#endsAt === before) await this.#rotate();
    };
    this.#refreshing ??= alone(work).finally(() => { this.#refreshing = undefined; });
    return this.#refreshing;
  }

  /** Over only when the server knows: else the cookie would sign the next one in. */
  async signOut() {
    const answer = await post("/logout", {}, this.#token);
    if (!answer.ok && answer.status !== 401) throw await Problem.of(answer);
    this.expire();
  }

  /** What the server says no more to is over, in all tabs. */
  expire() {
    this.#tabs.postMessage("out");
    this.#leave();
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  async #enter(path, body) {
    const answer = await post(path, body);
    if (!answer.ok) throw await Problem.of(answer);
    if (answer.status === 202) return false;
    this.#share(await answer.json());
    return true;
  }

  async #rotate() {
    const answer = await post("/refresh", {});
    if (answer.ok) return this.#share(await answer.json());
    const problem = await Problem.of(answer);
    if (answer.status === 401) this.#leave();
    throw problem;
  }

  /** @param {Tokens} tokens */
  #share({ accessToken, expiresIn, user }) {
    const shared = { accessToken, expiresIn, user };
    this.#take(shared);
    this.#tabs.postMessage(shared);
  }

  /** @param {Tokens} tokens */
  #take(tokens) {
    const isOther = this.user !== undefined && this.user.id !== tokens.user.id;
    if (isOther) this.#leave();
    const isNew = this.user === undefined;
    this.user = tokens.user;
    this.#token = tokens.accessToken;
    const life = tokens.expiresIn * 1000;
    this.#endsAt = Date.now() + life;
    remember(true);
    this.#schedule(Math.max(life - early, life / 2));
    this.dispatchEvent(new Event(isNew ? "in" : "renewed"));
  }

  #leave() {
    const was = this.user !== undefined;
    this.user = undefined;
    this.#token = "";
    this.#endsAt = 0;
    window.clearTimeout(this.#timer);
    remember(false);
    if (was) this.dispatchEvent(new Event("out"));
  }

  /** @param {number} delay */
  #schedule(delay) {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#quietly(), delay);
  }

  #quietly() {
    this.refresh().catch(() => this.user && this.#schedule(patience));
  }

  /** @param {number} margin */
  #isEnding(margin) {
    return Date.now() > this.#endsAt - margin;
  }
}
