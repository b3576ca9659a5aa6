// The prompt and how it is meant.

import { byID } from "../docs/dom.js";

/** @typedef {import("./api.js").Generator} Generator */
/** @typedef {import("./api.js").Wish} Wish */
/** @typedef {import("./references.js").References} References */
/** @typedef {import("./selection.js").Selection} Selection */

export class Composer {
  form = byID("composer", HTMLFormElement);
  prompt = byID("prompt", HTMLTextAreaElement);
  #note = byID("composer-note", HTMLElement);
  #problem = byID("composer-problem", HTMLElement);
  #promptMax = 2000;
  /** @type {Generator | undefined} */
  #generator;

  /**
   * @param {Selection} selection
   * @param {References} references
   * @param {(wish: Wish) => void} send
   */
  constructor(selection, references, send) {
    this.selection = selection;
    this.references = references;
    this.send = send;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.prompt.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.prompt.addEventListener("input", () => {
      this.#problem.textContent = "";
      this.#updateNote();
    });
    selection.addEventListener("shown", () => this.#updatePlaceholder());
    this.form.addEventListener("change", () => this.#updatePlaceholder());
  }

  /** @param {Generator} generator */
  describe(generator) {
    this.#generator = generator;
    this.#promptMax = generator.promptMax;
    this.references.limits = generator;
    this.#updateNote();
  }

  /** Looks at what is asked for, and sends it on where it can be. */
  submit() {
    const prompt = this.prompt.value.trim();
    const { intent } = this.choices;
    this.#problem.textContent = "";
    if (prompt === "") return this.refuse("Say what the icon shows.");
    if (prompt.length > this.#promptMax) return this.refuse(`The prompt has more than ${this.#promptMax} characters.`);
    if (intent === "refine" && !this.selection.variant) {
      return this.refuse("There is nothing in the preview to refine: choose an icon of the history, or create one.");
    }
    this.send(this.wish(prompt));
  }

  /** @param {string} prompt @returns {Wish} */
  wish(prompt) {
    const { intent, colorMode, variantCount } = this.choices;
    const attachments = this.references.list;
    return {
      prompt, intent, colorMode, variantCount,
      ...(intent === "refine" && { referenceSvg: this.selection.variant?.svg }),
      ...(attachments.length > 0 && { attachments }),
    };
  }

  /** @returns {Pick<Wish, "intent" | "colorMode" | "variantCount">} */
  get choices() {
    const data = new FormData(this.form);
    return {
      intent: data.get("intent") === "refine" ? "refine" : "create",
      colorMode: data.get("color") === "light" ? "light" : "dark",
      variantCount: Number(data.get("count")),
    };
  }

  /**
   * Sets one of the choices, as a click does.
   * @param {string} name
   * @param {string} value
   */
  choose(name, value) {
    const input = this.form.querySelector(`input[name=${name}][value=${value}]`);
    if (input instanceof HTMLInputElement) input.click();
  }

  /** @param {string} prompt */
  suggest(prompt) {
    this.prompt.value = prompt;
    this.prompt.focus();
    this.#updateNote();
  }

  /**
   * The prompt and the choices of an icon that is there already.
   * @param {import("./api.js").Icon} icon
   */
  reuse(icon) {
    this.choose("intent", icon.intent);
    this.choose("color", icon.colorMode);
    this.suggest(icon.prompt);
  }

  /** @param {string} text */
  refuse(text) {
    this.#problem.textContent = text;
    this.prompt.focus();
  }

  #updatePlaceholder() {
    const refines = this.choices.intent === "refine";
    this.prompt.placeholder = refines && this.selection.icon
      ? "What should change: rounder corners, a second arrow"
      : "Describe an icon: offset a curve, with an arrow outwards";
  }

  #updateNote() {
    const generator = this.#generator;
    const left = this.#promptMax - this.prompt.value.length;
    const parts = [
      generator?.generator === "offline" && "Drawn offline: plain geometric icons from the words, by no model.",
      generator && generator.generator !== "offline" && `Drawn by ${generator.model ?? generator.generator}.`,
      generator && `${generator.leftToday.toLocaleString("en")} left today.`,
      left < 200 && (left >= 0 ? `${left} characters left.` : `${-left} characters too many.`),
    ];
    this.#note.textContent = parts.filter(Boolean).join(" ");
  }
}
