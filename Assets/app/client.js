// Requests below a prefix, with a token that is good.

import { Problem } from "./problem.js";

/** @typedef {import("./session.js").Session} Session */
/**
 * @typedef {object} RequestOptions
 * @property {object} [body] is sent as JSON
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 */

export class Client {
  /**
   * @param {Session} session
   * @param {string} prefix
   */
  constructor(session, prefix) {
    this.session = session;
    this.prefix = prefix;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestOptions} [options]
   */
  async json(method, path, options) {
    return (await this.send(method, path, options)).json();
  }

  /**
   * Tries once more with new tokens before it believes that the session is over.
   * @param {string} method
   * @param {string} path
   * @param {RequestOptions} [options]
   */
  async send(method, path, options = {}) {
    let answer = await this.#once(method, path, options);
    if (answer.status === 401) {
      await this.session.refresh();
      answer = await this.#once(method, path, options);
      if (answer.status === 401) this.session.expire();
    }
    if (!answer.ok) throw await Problem.of(answer);
    return answer;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestOptions} options
   */
  async #once(method, path, { body, headers, signal }) {
    const token = await this.session.token();
    try {
      return await fetch(this.prefix + path, {
        method, signal, body: body && JSON.stringify(body),
        headers: {
          Accept: "application/json", Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }), ...headers,
        },
      });
    } catch (error) {
      throw Problem.thrown(error);
    }
  }
}
