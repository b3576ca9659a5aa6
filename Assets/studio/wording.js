// Asks for the words of an effect that has some, with those that it had last.

import { byID, button, h } from "../docs/dom.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./api.js").Effect} Effect */

const longest = 120;
const hints = /** @type {Record<string, string>} */ ({
  "lower-third": "A line after | stands smaller below: Ada | Live from home",
  "shout-out": "Long texts are set in two lines.",
  countdown: "Stands below the seconds. May be empty.",
});

export class Wording {
  /** @type {Record<string, string>} by the effect's id */
  #last = {};
  #dialog = byID("wording", HTMLDialogElement);

  /** @param {API} api */
  constructor(api) {
    this.api = api;
  }

  /** @param {Record<string, any>} settings of the creator */
  begin(settings) {
    this.#last = { ...settings.texts };
  }

  /**
   * Undefined where nothing is to be shown.
   * @param {Effect} effect
   * @returns {Promise<string | undefined>}
   */
  ask(effect) {
    const mayBeEmpty = effect.id === "countdown";
    const input = h("input", {
      id: "wording-text", maxlength: longest, value: this.#last[effect.id] ?? "", required: !mayBeEmpty, autocomplete: "off",
      "aria-describedby": "wording-hint",
    });
    const form = h("form", { method: "dialog", class: "stack" },
      h("h2", { id: "wording-title" }, effect.name),
      h("div", { class: "field" }, h("label", { for: input.id }, "Text"), input,
        h("p", { id: "wording-hint", class: "quiet" }, hints[effect.id] ?? "")),
      h("div", { class: "row" }, h("button", { value: "show", class: "primary" }, "Show it"),
        button("Cancel", () => this.#dialog.close("")), h("span", { class: "quiet end" }, h("kbd", {}, "Enter"), " shows it")));
    this.#dialog.returnValue = "";
    this.#dialog.replaceChildren(form);
    this.#dialog.showModal();
    input.select();
    return new Promise((resolve) => {
      this.#dialog.addEventListener("close", () => {
        if (this.#dialog.returnValue !== "show") return resolve(undefined);
        const text = input.value.trim();
        this.#keep(effect.id, text);
        resolve(text);
      }, { once: true });
    });
  }

  /**
   * For the next time, on any machine. It is no loss where that fails.
   * @param {string} id
   * @param {string} text
   */
  #keep(id, text) {
    if (this.#last[id] === text) return;
    this.#last[id] = text;
    this.api.changeSettings({ texts: this.#last }).catch(() => undefined);
  }
}
