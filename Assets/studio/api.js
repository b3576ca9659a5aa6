// The routes of Studio.

import { Client } from "../app/client.js";

/** @typedef {import("../app/session.js").Session} Session */
/** @typedef {import("../effects/look.js").BrandKit} BrandKit */
/** @typedef {import("../effects/show.js").Activation} Activation */
/** @typedef {Omit<BrandKit, "id">} KitDraft */
/** @typedef {"celebration" | "focus" | "text" | "ambient" | "transition"} Category */
/**
 * @typedef {object} Effect
 * @property {string} id
 * @property {string} name
 * @property {string} description
 * @property {Category} category
 * @property {number} motion
 * @property {string} tier
 * @property {number} durationMs
 * @property {boolean} takesText
 * @property {"builtIn" | "uploaded"} source
 * @property {{ url: string, type: string } | null} [media]
 * @property {boolean} isAllowed
 */
/**
 * @typedef {object} Creator
 * @property {string} id
 * @property {string} subscriptionTier
 * @property {Record<string, any>} settings
 * @property {{ brandKits?: number | null, uploads: number, uploadBytes: number }} allowance
 * @property {string} overlayURL of the lasting link
 */
/**
 * @typedef {object} Overlay
 * @property {boolean} connected
 * @property {string | null} [lastSeenAt]
 * @property {number} shown
 * @property {number} framesPerSecond
 */
/**
 * @typedef {object} Metrics
 * @property {number} activations
 * @property {number} refused
 * @property {Record<string, number>} byCategory
 * @property {number} activeSeconds
 * @property {number} pausedSeconds
 * @property {string | null} [lastTriggeredAt]
 * @property {Overlay} overlay
 */
/** @typedef {"active" | "paused" | "ended"} Status */
/**
 * @typedef {object} Stream
 * @property {string} id
 * @property {string} platform
 * @property {Status} status
 * @property {string | null} [brandKitId]
 * @property {string} startTime
 * @property {string | null} [endTime]
 * @property {Metrics} metrics
 * @property {string} overlayURL
 */
/** @template Row @typedef {{ data: Row[], total: number }} Page */

/** As many as the server gives at once. */
const pageSize = 100;

export class API {
  #client;

  /** @param {Session} session */
  constructor(session) {
    this.#client = new Client(session, "/api");
  }

  /** @returns {Promise<Creator>} */
  creator() {
    return this.#client.json("GET", "/studio/creator");
  }

  /** @param {Record<string, any>} settings those that change @returns {Promise<Creator>} */
  changeSettings(settings) {
    return this.#client.json("PATCH", "/studio/creator", { body: { settings } });
  }

  /** Makes the lasting link anew. @returns {Promise<Creator>} */
  renewOverlay() {
    return this.#client.json("POST", "/studio/overlay/renew");
  }

  /** @returns {Promise<Effect[]>} */
  effects() {
    return this.#all("/effects");
  }

  /** @param {string} id */
  async removeEffect(id) {
    await this.#client.send("DELETE", `/effects/${id}`);
  }

  /**
   * @param {string} sessionId
   * @param {string} effectId
   * @param {string} [text]
   * @returns {Promise<Activation>}
   */
  trigger(sessionId, effectId, text) {
    return this.#client.json("POST", "/effects/trigger", { body: { sessionId, effectId, ...(text && { text }) } });
  }

  /**
   * The newest first.
   * @param {{ offset?: number, limit?: number, status?: Status }} range
   * @returns {Promise<Page<Stream>>}
   */
  streams({ offset = 0, limit = 20, status }) {
    const query = new URLSearchParams({ offset: String(offset), limit: String(limit), ...(status && { status }) });
    return this.#client.json("GET", `/sessions?${query}`);
  }

  /** @param {string} id @returns {Promise<Stream>} */
  status(id) {
    return this.#client.json("GET", `/sessions/${id}/status`);
  }

  /** @param {{ platform: string, brandKitId?: string }} wish @returns {Promise<Stream>} */
  start(wish) {
    return this.#client.json("POST", "/sessions/start", { body: wish });
  }

  /** @param {"pause" | "resume" | "end"} step @param {string} sessionId @returns {Promise<Stream>} */
  move(step, sessionId) {
    return this.#client.json("POST", `/sessions/${step}`, { body: { sessionId } });
  }

  /** @returns {Promise<BrandKit[]>} */
  kits() {
    return this.#all("/brand-kit");
  }

  /**
   * The kit, and which state of it this is.
   * @param {string} id
   * @returns {Promise<{ kit: BrandKit, tag: string | null }>}
   */
  async kit(id) {
    const answer = await this.#client.send("GET", `/brand-kit/${id}`);
    return { kit: await answer.json(), tag: answer.headers.get("ETag") };
  }

  /** @param {KitDraft} draft @returns {Promise<BrandKit>} */
  makeKit(draft) {
    return this.#client.json("POST", "/brand-kit", { body: draft });
  }

  /** @param {string} id @param {KitDraft} draft @param {string | null} tag @returns {Promise<BrandKit>} */
  changeKit(id, draft, tag) {
    return this.#client.json("PUT", `/brand-kit/${id}`, { body: draft, headers: tag ? { "If-Match": tag } : {} });
  }

  /** @param {string} id */
  async removeKit(id) {
    await this.#client.send("DELETE", `/brand-kit/${id}`);
  }

  /**
   * A list from its first page to its last.
   * @param {string} path
   * @returns {Promise<any[]>}
   */
  async #all(path) {
    /** @type {any[]} */
    const found = [];
    for (;;) {
      /** @type {Page<any>} */
      const { data, total } = await this.#client.json("GET", `${path}?limit=${pageSize}&offset=${found.length}`);
      found.push(...data);
      if (data.length === 0 || found.length >= total) return found;
    }
  }
}
