// The routes below /api/icons.

import { Client } from "../app/client.js";
import { isAbort, Problem } from "../app/problem.js";
import { readEvents } from "./events.js";

/** @typedef {import("../app/session.js").Session} Session */
/** @typedef {{ id: string, name: string, svg: string }} Variant */
/** @typedef {"create" | "refine"} Intent */
/** @typedef {"dark" | "light"} ColorMode */
/**
 * @typedef {object} Icon
 * @property {string} id
 * @property {string} prompt
 * @property {string} svg of the chosen variant
 * @property {Variant[]} variants
 * @property {string} chosen the id of one of them
 * @property {Intent} intent
 * @property {ColorMode} colorMode
 * @property {string} generator
 * @property {string | null} [model]
 * @property {number} version
 * @property {string} createdAt
 */
/** @typedef {{ data: Icon[], total: number }} Page */
/** @typedef {{ id: string, name: string, svg: string }} Attachment */
/**
 * @typedef {object} Wish
 * @property {string} prompt
 * @property {Intent} intent
 * @property {ColorMode} colorMode
 * @property {number} variantCount
 * @property {string} [referenceSvg]
 * @property {Attachment[]} [attachments]
 */
/** @typedef {{ stage: string, attempt?: number, seconds?: number, characters?: number, count?: number }} Progress */
/**
 * @typedef {object} Generator
 * @property {string} generator
 * @property {string | null} model
 * @property {number} promptMax
 * @property {number} variantsMax
 * @property {number} attachmentsMax
 * @property {number} svgBytesMax
 * @property {number} leftToday
 */

export class API {
  #client;

  /** @param {Session} session */
  constructor(session) {
    this.#client = new Client(session, "/api/icons");
  }

  /** @returns {Promise<Generator>} */
  generator() {
    return this.#client.json("GET", "/generator");
  }

  /**
   * @param {{ offset: number, limit: number, search: string }} range
   * @param {AbortSignal} [signal]
   * @returns {Promise<Page>}
   */
  list({ offset, limit, search }, signal) {
    const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
    if (search) query.set("search", search);
    return this.#client.json("GET", `?${query}`, { signal });
  }

  /** @param {string} id @returns {Promise<Icon>} */
  find(id) {
    return this.#client.json("GET", `/${id}`);
  }

  /**
   * @param {Icon} icon
   * @param {string} variant its id
   * @returns {Promise<Icon>}
   */
  choose(icon, variant) {
    return this.#client.json("PATCH", `/${icon.id}`, {
      body: { chosen: variant }, headers: { "If-Match": `"${icon.version}"` },
    });
  }

  /** @param {string} id */
  async remove(id) {
    await this.#client.send("DELETE", `/${id}`);
  }

  /** @param {string} id @returns {Promise<Icon>} */
  restore(id) {
    return this.#client.json("POST", `/${id}/restore`);
  }

  /** @returns {Promise<{ deleted: number, deletedAt: string }>} */
  clear() {
    return this.#client.json("DELETE", "");
  }

  /** @param {string} deletedAt of what was cleared @returns {Promise<{ restored: number }>} */
  restoreCleared(deletedAt) {
    return this.#client.json("POST", "/restore", { body: { deletedAt } });
  }

  /**
   * Has an icon made, and says how far it is.
   * @param {Wish} wish
   * @param {AbortSignal} signal
   * @param {(progress: Progress) => void} progress
   * @returns {Promise<Icon>}
   */
  async generate(wish, signal, progress) {
    const answer = await this.#client.send("POST", "", {
      body: wish, signal, headers: { Accept: "text/event-stream" },
    });
    if (!answer.body) throw new Problem(0, "CUT", "Nothing came back.");
    try {
      for await (const { name, data } of readEvents(answer.body)) {
        if (name === "progress") progress(JSON.parse(data));
        else if (name === "icon") return JSON.parse(data);
        else if (name === "problem") throw problem(JSON.parse(data));
      }
    } catch (error) {
      if (error instanceof Problem || isAbort(error)) throw error;
    }
    throw new Problem(0, "CUT", "The server's answer ended before the icon came.");
  }
}

/** @param {any} body */
function problem(body) {
  return Problem.from(body.status ?? 502, body, body.retryAfter);
}
