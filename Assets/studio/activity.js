// What happened, the newest first.

import { byID, h } from "../docs/dom.js";
import { sign } from "../app/ui.js";
import { timeOf } from "./words.js";

/** @typedef {import("./broadcast.js").Broadcast} Broadcast */
/** @typedef {import("./broadcast.js").Refusal} Refusal */
/** @typedef {import("../effects/show.js").Activation} Activation */

const most = 30;

export class Activity {
  #list = byID("activity", HTMLOListElement);
  #news = byID("activity-news", HTMLElement);

  /** @param {Broadcast} broadcast */
  constructor(broadcast) {
    this.broadcast = broadcast;
    broadcast.addEventListener("activated", (event) => this.#shown(/** @type {CustomEvent<Activation>} */ (event).detail));
    broadcast.addEventListener("refused", (event) => this.#refused(/** @type {CustomEvent<Refusal>} */ (event).detail));
    broadcast.addEventListener("stream", () => this.#moved());
    this.clear();
  }

  clear() {
    this.#list.replaceChildren(h("li", { class: "empty quiet" }, "What is shown or refused stands here."));
  }

  /** @param {Activation} activation */
  #shown({ triggeredAt, effect, text }) {
    this.#add("play", triggeredAt, effect.name, text ? `“${text}”` : "");
    this.#news.textContent = `${effect.name} is shown`;
  }

  /** @param {Refusal} refusal */
  #refused({ at, effect, problem }) {
    this.#add("alert", at, effect.name, problem.words, "refused");
    this.#news.textContent = `${effect.name} was refused: ${problem.words}`;
  }

  #moved() {
    const { stream } = this.broadcast;
    const [name, words] = !stream ? ["stop", "The session has ended"]
      : stream.status === "paused" ? ["pause", "Paused"] : ["broadcast", "Live"];
    if (!stream && this.#list.querySelector(".empty")) return;
    this.#add(name, new Date().toISOString(), words, "", "moved");
  }

  /**
   * @param {string} picture
   * @param {string} at
   * @param {string} name
   * @param {string} detail
   * @param {string} [kind]
   */
  #add(picture, at, name, detail, kind = "shown") {
    this.#list.querySelector(".empty")?.remove();
    this.#list.prepend(h("li", { class: kind }, sign(picture),
      h("span", { class: "words" }, h("strong", {}, name), detail && ` ${detail}`),
      h("time", { datetime: at, class: "quiet figures" }, timeOf(at))));
    while (this.#list.children.length > most) this.#list.lastElementChild?.remove();
  }
}
