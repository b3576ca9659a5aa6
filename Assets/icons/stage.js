// The square in the middle: the icon with grid and safe area at any zoom, or how far it is, or why
// there is none.

import { byID, h } from "../docs/dom.js";
import { address, units } from "./picture.js";

/** @typedef {import("./selection.js").Selection} Selection */

const step = 1.25;
const least = 0.1;
const most = 10;
const examples = ["A compass with its needle", "Offset a curve outwards", "A house with a round door"];

export class Stage {
  #zoom = 1;
  #ground = byID("ground", HTMLElement);
  #fit = byID("zoom-fit", HTMLButtonElement);

  /**
   * @param {Selection} selection
   * @param {(prompt: string) => void} suggest
   */
  constructor(selection, suggest) {
    this.selection = selection;
    this.suggest = suggest;
    selection.addEventListener("shown", () => this.show());
    byID("zoom-in", HTMLButtonElement).addEventListener("click", () => this.zoomBy(step));
    byID("zoom-out", HTMLButtonElement).addEventListener("click", () => this.zoomBy(1 / step));
    this.#fit.addEventListener("click", () => this.zoomTo(1));
    for (const name of ["grid", "safe"]) {
      byID(name, HTMLButtonElement).addEventListener("click", () => this.toggle(name));
    }
    this.#ground.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoomBy(event.deltaY < 0 ? step : 1 / step);
    }, { passive: false });
  }

  zoomIn() { this.zoomBy(step); }
  zoomOut() { this.zoomBy(1 / step); }

  /** @param {number} factor */
  zoomBy(factor) {
    this.zoomTo(this.#zoom * factor);
  }

  /** @param {number} zoom 1 fills the stage */
  zoomTo(zoom) {
    this.#zoom = Math.min(most, Math.max(least, zoom));
    const text = `${Math.round(this.#zoom * 100)} %`;
    this.#fit.textContent = text;
    this.#fit.setAttribute("aria-label", `Zoom: ${text}. Back to 100 %`);
    this.#ground.style.setProperty("--zoom", String(this.#zoom));
    // What was in the middle stays there.
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.#ground;
    this.#ground.scrollTo((scrollWidth - clientWidth) / 2, (scrollHeight - clientHeight) / 2);
  }

  /** @param {string} name of a help that is drawn over the icon */
  toggle(name) {
    const button = byID(name, HTMLButtonElement);
    const isOn = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isOn));
    this.#ground.classList.toggle(name, isOn);
  }

  /** The selected icon, or an invitation. */
  show() {
    const { icon, variant } = this.selection;
    if (!icon || !variant) return this.fill(this.invitation());
    const mode = icon.colorMode;
    const paper = h("div", { class: `paper ${mode}` },
      h("img", { src: address(variant.svg, mode), alt: `${variant.name}: ${icon.prompt}` }),
      h("div", { class: "lines" }), h("div", { class: "margin" }));
    paper.style.setProperty("--units", String(units(variant.svg)));
    this.fill(paper);
  }

  /** @param {HTMLElement} content */
  fill(content) {
    this.#ground.replaceChildren(content);
    this.#ground.classList.toggle("has-icon", content.classList.contains("paper"));
  }

  /** Whether there is neither an icon nor word of one. */
  get isEmpty() {
    return this.#ground.querySelector(".examples") !== null;
  }

  invitation() {
    const buttons = examples.map((text) => {
      const made = h("button", { type: "button", class: "small" }, text);
      made.addEventListener("click", () => this.suggest(text));
      return made;
    });
    return h("div", { class: "middle" },
      h("h3", {}, "Nothing here yet"),
      h("p", { class: "quiet" }, "Describe an icon below, or begin with one of these."),
      h("div", { class: "row examples" }, ...buttons));
  }
}
