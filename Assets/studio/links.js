// The links for streaming software: the lasting one, which is set once, and the one of the session under way.

import { byID } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { confirmed } from "../app/confirm.js";
import { words } from "../app/problem.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./broadcast.js").Broadcast} Broadcast */
/** @typedef {import("./api.js").Creator} Creator */

export class Links {
  #copy = byID("copy-overlay", HTMLButtonElement);
  #open = byID("open-overlay", HTMLAnchorElement);
  #renew = byID("renew-overlay", HTMLButtonElement);
  #ofSession = byID("session-link", HTMLDetailsElement);
  #openSession = byID("open-session", HTMLAnchorElement);
  /** @type {string | undefined} */
  #lasting;

  /** @param {API} api @param {Broadcast} broadcast */
  constructor(api, broadcast) {
    this.api = api;
    this.broadcast = broadcast;
    this.#copy.addEventListener("click", () => void this.copy());
    this.#renew.addEventListener("click", () => void this.renew());
    byID("copy-session", HTMLButtonElement).addEventListener("click", () => void this.copySession());
    broadcast.addEventListener("stream", () => this.#follow());
    // It may have been made anew in another tab.
    document.addEventListener("visibilitychange", () => void this.#readAnew());
    this.#follow();
  }

  /** @param {Creator} creator */
  begin({ overlayURL }) {
    this.#lasting = overlayURL;
    this.#open.href = overlayURL;
    for (const part of [this.#copy, this.#renew]) part.disabled = false;
    this.#open.hidden = false;
  }

  leave() {
    this.#lasting = undefined;
    this.#open.removeAttribute("href");
    for (const part of [this.#copy, this.#renew]) part.disabled = true;
    this.#open.hidden = true;
  }

  async copy() {
    if (!this.#lasting) return say("The link is not read yet: try again in a moment");
    await copied(this.#lasting, this.#open, "The overlay's link is in your clipboard: keep it to yourself");
  }

  async copySession() {
    const { stream } = this.broadcast;
    if (!stream) return say("No session is under way");
    await copied(stream.overlayURL, this.#openSession, "This session's link is in your clipboard: keep it to yourself");
  }

  /** Asks first: whatever shows the overlay now is blank afterwards. */
  async renew() {
    if (!this.#lasting) return say("The link is not read yet: try again in a moment");
    const isSure = await confirmed("Make a new overlay link?", this.broadcast.stream
      ? "A session is under way: its overlay goes blank at once, until you put the new link into your streaming software."
      : "The old link stops working at once. Put the new one into your streaming software before you stream again.",
    "Make a new one", "Keep the link");
    if (!isSure) return;
    try {
      this.begin(await this.api.renewOverlay());
      say("The old link is none any more: put the new one into your streaming software", { text: "Copy it", act: () => void this.copy() });
    } catch (error) {
      say(`The link is as it was: ${words(error)}`);
    }
  }

  async #readAnew() {
    if (document.visibilityState !== "visible" || !this.#lasting) return;
    const creator = await this.api.creator().catch(() => undefined);
    if (creator && this.#lasting) this.begin(creator);
  }

  #follow() {
    const { stream } = this.broadcast;
    this.#ofSession.hidden = !stream;
    if (stream) this.#openSession.href = stream.overlayURL;
    else this.#openSession.removeAttribute("href");
  }
}

/**
 * @param {string} link
 * @param {HTMLAnchorElement} anchor that has it, too
 * @param {string} text
 */
async function copied(link, anchor, text) {
  try {
    await navigator.clipboard.writeText(link);
    say(text);
  } catch {
    // No clipboard without HTTPS.
    anchor.closest("details")?.setAttribute("open", "");
    anchor.focus();
    say(`Copy the address of “${anchor.textContent}” with your browser’s menu`);
  }
}
