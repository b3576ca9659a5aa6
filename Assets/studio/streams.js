// Sessions that were, the newest first.

import { byID, button, h } from "../docs/dom.js";
import { words } from "../app/problem.js";
import { counted } from "../app/ui.js";
import { duration, platformName, statuses } from "./words.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./api.js").Stream} Stream */

const pageSize = 20;

export class Streams {
  /** @type {Stream[]} */
  #streams = [];
  #list = byID("streams", HTMLUListElement);
  #state = byID("streams-state", HTMLElement);
  #more = byID("more-streams", HTMLButtonElement);

  /** @param {API} api */
  constructor(api) {
    this.api = api;
    this.#more.addEventListener("click", () => void this.#load());
  }

  async begin() {
    this.#streams = [];
    await this.#load();
  }

  leave() {
    this.#streams = [];
    this.#list.replaceChildren();
  }

  async #load() {
    try {
      const { data, total } = await this.api.streams({ offset: this.#streams.length, limit: pageSize });
      const known = new Set(this.#streams.map((stream) => stream.id));
      this.#streams.push(...data.filter((stream) => !known.has(stream.id)));
      this.#show(total);
    } catch (error) {
      this.#state.replaceChildren(h("p", {}, `The sessions could not be read. ${words(error)}`),
        button("Try again", () => void this.#load(), { class: "small" }));
    }
  }

  /** @param {number} total */
  #show(total) {
    this.#list.replaceChildren(...this.#streams.map(row));
    this.#more.hidden = this.#streams.length >= total;
    this.#state.replaceChildren(...(this.#streams.length === 0
      ? [h("p", { class: "quiet" }, "No sessions yet. Start one under Live: its numbers are kept here.")] : []));
  }
}

/** @param {Stream} stream */
function row({ platform, status, startTime, metrics }) {
  const began = new Date(startTime);
  const most = Object.entries(metrics.byCategory).sort(([, one], [, other]) => other - one)[0];
  return h("li", {},
    h("div", {}, h("strong", {}, platformName(platform)), " ",
      status !== "ended" && h("span", { class: "pill", "data-status": status }, statuses[status] ?? status)),
    h("time", { datetime: startTime, class: "quiet" }, began.toLocaleString([], { dateStyle: "medium", timeStyle: "short" })),
    h("span", {}, `${duration(metrics.activeSeconds)} live`),
    h("span", {}, counted(metrics.activations, "effect")),
    h("span", { class: "quiet" }, [most && most[1] > 0 && `mostly ${most[0]}`, metrics.refused > 0 && `${metrics.refused} refused`].filter(Boolean).join(" · ")));
}
