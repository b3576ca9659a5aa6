// What was made, the newest first: more as one scrolls, found by words, taken away and back again.

import { byID, button, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { confirmed } from "../app/confirm.js";
import { arrange, entry, mark, placeholders } from "./entry.js";
import { isAbort, words } from "../app/problem.js";
import { counted } from "../app/ui.js";
import { iconOf } from "./selection.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./api.js").Icon} Icon */
/** @typedef {import("./selection.js").Selection} Selection */

const pageSize = 20;
/** After the last letter, in milliseconds. */
const typing = 250;

export class History {
  /** @type {Icon[]} */
  icons = [];
  #total = 0;
  #search = "";
  /** @type {AbortController | undefined} */
  #loading;
  /** @type {(() => Promise<string>)[]} what brings back what was taken away, and says so; the last one last */
  #undoing = [];
  #list = byID("icons", HTMLUListElement);
  #state = byID("history-state", HTMLElement);
  #more = byID("more", HTMLButtonElement);
  #find = byID("find", HTMLInputElement);
  #clear = byID("clear", HTMLButtonElement);

  /**
   * @param {API} api
   * @param {Selection} selection
   */
  constructor(api, selection) {
    this.api = api;
    this.selection = selection;
    selection.addEventListener("shown", () => mark(this.#list, selection.icon?.id));
    selection.addEventListener("added", (event) => this.#insert(iconOf(event)));
    selection.addEventListener("updated", (event) => this.#replace(iconOf(event)));
    this.#more.addEventListener("click", () => void this.load());
    this.#clear.addEventListener("click", () => void this.clear());
    new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) void this.load();
    }, { rootMargin: "200px" }).observe(this.#more);
    let timer = 0;
    this.#find.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void this.begin(this.#find.value.trim()), typing);
    });
    this.#find.form?.addEventListener("submit", (event) => event.preventDefault());
  }

  /**
   * From the start.
   * @param {string} [search]
   */
  async begin(search = "") {
    this.#loading?.abort();
    this.#loading = undefined;
    if (search === "") this.#find.value = "";
    this.#search = search;
    this.icons = [];
    this.#total = 0;
    this.#more.hidden = true;
    this.#list.replaceChildren(...placeholders(6));
    await this.load();
  }

  /** The next ones, unless they are on their way. */
  async load() {
    if (this.#loading) return;
    const own = this.#loading = new AbortController();
    try {
      const range = { offset: this.icons.length, limit: pageSize, search: this.#search };
      const { data, total } = await this.api.list(range, own.signal);
      const known = new Set(this.icons.map((icon) => icon.id));
      this.icons.push(...data.filter((icon) => !known.has(icon.id)));
      this.#total = data.length > 0 ? total : this.icons.length;
      this.#loading = undefined;
      this.#show();
    } catch (error) {
      if (isAbort(error) || own !== this.#loading) return;
      this.#loading = undefined;
      this.#fail(error);
    }
  }

  /** @param {Icon} icon */
  async remove(icon) {
    const place = this.icons.findIndex((one) => one.id === icon.id);
    try {
      await this.api.remove(icon.id);
    } catch (error) {
      return say(`It is still there: ${words(error)}`);
    }
    this.#undoing.push(async () => {
      this.selection.add(await this.api.restore(icon.id));
      return "It is back";
    });
    this.icons = this.icons.filter((one) => one.id !== icon.id);
    this.#total = Math.max(0, this.#total - 1);
    this.#show();
    const next = this.icons[Math.min(Math.max(place, 0), this.icons.length - 1)];
    if (this.selection.icon?.id === icon.id) this.selection.show(next);
    this.#focus(next);
    say("Deleted", { text: "Undo", act: () => void this.undo() });
  }

  /** Who comes next has nothing to undo. */
  forget() {
    this.#undoing = [];
  }

  /** Brings back what was deleted last. */
  async undo() {
    const restore = this.#undoing.pop();
    if (!restore) return say("There is nothing to undo");
    try {
      say(await restore());
    } catch (error) {
      this.#undoing.push(restore);
      say(`It could not be undone: ${words(error)}`);
    }
  }

  async clear() {
    if (this.#total === 0) return say("The history is empty");
    const isSure = await confirmed(
      "Clear the history?", "All of your icons are deleted. Undo brings them back as long as this page is open.",
      "Delete all", "Keep them");
    if (!isSure) return;
    try {
      const { deleted, deletedAt } = await this.api.clear();
      this.#undoing.push(async () => {
        const { restored } = await this.api.restoreCleared(deletedAt);
        await this.begin();
        this.selection.show(this.icons[0]);
        return `${counted(restored, "icon")} came back`;
      });
      this.selection.show(undefined);
      await this.begin();
      say(`${counted(deleted, "icon")} deleted`, { text: "Undo", act: () => void this.undo() });
    } catch (error) {
      say(`The history is as it was: ${words(error)}`);
    }
  }

  focusSearch() {
    this.#find.focus();
    this.#find.select();
  }

  /** @param {Icon} icon */
  #insert(icon) {
    const isNew = !this.icons.some((one) => one.id === icon.id);
    if (!isNew) return;
    const place = this.icons.findIndex((one) => one.createdAt <= icon.createdAt);
    this.icons.splice(place < 0 ? this.icons.length : place, 0, icon);
    this.#total += 1;
    this.#show();
  }

  /** @param {Icon} icon */
  #replace(icon) {
    this.icons = this.icons.map((one) => one.id === icon.id ? icon : one);
    this.#show();
  }

  #show() {
    const actions = {
      show: (/** @type {Icon} */ icon) => this.selection.show(icon),
      remove: (/** @type {Icon} */ icon) => void this.remove(icon),
    };
    arrange(this.#list, this.icons, (icon) => entry(icon, actions));
    mark(this.#list, this.selection.icon?.id);
    byID("total", HTMLElement).textContent = this.#total > 0 ? this.#total.toLocaleString("en") : "";
    this.#more.hidden = this.icons.length >= this.#total;
    this.#clear.hidden = this.#total === 0;
    const nothing = this.#search ? `Nothing has “${this.#search}” in its prompt.` : "Nothing yet. What you make is kept here.";
    this.#state.replaceChildren(...(this.icons.length === 0 ? [h("p", { class: "quiet" }, nothing)] : []));
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#more.hidden = true;
    if (this.icons.length === 0) this.#list.replaceChildren();
    this.#state.replaceChildren(
      h("p", {}, `The history could not be read. ${words(error)}`),
      button("Try again", () => void this.load(), { class: "small" }));
  }

  /** @param {Icon | undefined} icon */
  #focus(icon) {
    const target = icon ? this.#list.querySelector(`[data-id="${icon.id}"] button`) : this.#find;
    if (target instanceof HTMLElement) target.focus();
  }
}
