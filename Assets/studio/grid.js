// All effects: found by words and by category, triggered by a click or by a digit.

import { byID, button, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { confirmed } from "../app/confirm.js";
import { words } from "../app/problem.js";
import { Tile } from "./tile.js";
import { categories, tierName } from "./words.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./api.js").Effect} Effect */
/** @typedef {import("./broadcast.js").Broadcast} Broadcast */
/** @typedef {import("./wording.js").Wording} Wording */

export class Grid extends EventTarget {
  /** @type {Effect[]} */
  effects = [];
  /** @type {Map<string, Tile>} */
  #tiles = new Map();
  /** @type {Effect[]} that are to be seen, in their order */
  #shown = [];
  #category = "";
  #list = byID("effects", HTMLUListElement);
  #state = byID("effects-state", HTMLElement);
  #find = byID("find", HTMLInputElement);

  /**
   * @param {API} api
   * @param {Broadcast} broadcast
   * @param {Wording} wording
   */
  constructor(api, broadcast, wording) {
    super();
    this.api = api;
    this.broadcast = broadcast;
    this.wording = wording;
    this.#find.addEventListener("input", () => this.#show());
    this.#find.form?.addEventListener("submit", (event) => event.preventDefault());
    byID("categories", HTMLFieldSetElement).addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) this.#category = event.target.value;
      this.#show();
    });
    broadcast.addEventListener("kit", () => this.#wear());
    broadcast.addEventListener("stream", () => this.#list.classList.toggle("waits", !broadcast.isActive));
  }

  async begin() {
    this.effects = [];
    this.#list.replaceChildren(...Array.from({ length: 8 }, () => h("li", { class: "tile placeholder", "aria-hidden": "true" })));
    this.#state.replaceChildren();
    try {
      this.effects = await this.api.effects();
    } catch (error) {
      this.#list.replaceChildren();
      this.#state.replaceChildren(h("p", {}, `The effects could not be read. ${words(error)}`),
        button("Try again", () => void this.begin(), { class: "small" }));
      return;
    }
    const actions = {
      trigger: (/** @type {Effect} */ effect) => void this.trigger(effect),
      remove: (/** @type {Effect} */ effect) => void this.#remove(effect),
    };
    this.#tiles = new Map(this.effects.map((effect) => [effect.id, new Tile(effect, actions)]));
    this.#wear();
    this.dispatchEvent(new Event("read"));
  }

  leave() {
    this.effects = [];
    this.#tiles.clear();
    this.#list.replaceChildren();
    this.#find.value = "";
  }

  /**
   * The one that a digit means.
   * @param {number} digit
   */
  press(digit) {
    const effect = this.#shown[digit - 1];
    if (effect) void this.trigger(effect);
  }

  /**
   * Asks for the words where there are any, and has it shown.
   * @param {Effect} effect
   */
  async trigger(effect) {
    if (!effect.isAllowed) return say(`${effect.name} needs the tier ${tierName(effect.tier)}`);
    if (!this.broadcast.stream) return say("Start a session first: effects are shown on its overlay");
    if (!this.broadcast.isActive) return say("The session is paused: resume it first");
    const text = effect.takesText ? await this.wording.ask(effect) : undefined;
    if (effect.takesText && text === undefined) return;
    if (await this.broadcast.trigger(effect, text)) this.#tiles.get(effect.id)?.blink();
  }

  focusSearch() {
    this.#find.focus();
    this.#find.select();
  }

  #wear() {
    for (const tile of this.#tiles.values()) tile.wear(this.broadcast.kit);
    this.#show();
  }

  #show() {
    // What stands there instead of the effects stays: that they come, or could not be read.
    if (this.effects.length === 0) return;
    const letters = this.#find.value.trim().toLowerCase().split(/\s+/);
    this.#shown = this.effects.filter((effect) => {
      const text = `${effect.name} ${effect.description} ${categories[effect.category]}`.toLowerCase();
      return (!this.#category || effect.category === this.#category) && letters.every((part) => text.includes(part));
    });
    this.#list.replaceChildren(...this.#shown.flatMap((effect, index) => {
      const tile = this.#tiles.get(effect.id);
      tile?.note(index < 9 ? index + 1 : undefined, this.broadcast.objection(effect));
      return tile ? [tile.element] : [];
    }));
    const nothing = this.#shown.length === 0;
    this.#state.replaceChildren(...(nothing ? [h("p", { class: "quiet" }, "No effect is called so."),
      button("Show all", () => this.#showAll(), { class: "small" })] : []));
  }

  #showAll() {
    this.#find.value = "";
    const all = document.querySelector("#categories input[value='']");
    if (all instanceof HTMLInputElement) all.click();
    this.#show();
  }

  /** @param {Effect} effect */
  async #remove(effect) {
    const isSure = await confirmed(`Delete ${effect.name}?`, "The file is deleted, too. This cannot be undone.", "Delete it", "Keep it");
    if (!isSure) return;
    try {
      await this.api.removeEffect(effect.id);
      say("Deleted");
      await this.begin();
    } catch (error) {
      say(`It is still there: ${words(error)}`);
    }
  }
}
