// One icon at a time is made: what is asked for next replaces what is on its way.

import { byID, h } from "../docs/dom.js";
import { isAbort, Problem } from "../app/problem.js";
import { counted, sign } from "../app/ui.js";
import { explained } from "./advice.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./api.js").Icon} Icon */
/** @typedef {import("./api.js").Progress} Progress */
/** @typedef {import("./api.js").Wish} Wish */
/** @typedef {import("./stage.js").Stage} Stage */

/** Fires `made` with the icon or `failed` with the problem, and `ended` whatever came of it. */
export class Making extends EventTarget {
  /** @type {AbortController | undefined} */
  #running;
  #cancel = byID("cancel", HTMLButtonElement);
  #form = byID("composer", HTMLFormElement);

  /**
   * @param {API} api
   * @param {Stage} stage
   */
  constructor(api, stage) {
    super();
    this.api = api;
    this.stage = stage;
    this.#cancel.addEventListener("click", () => this.stop());
  }

  get isRunning() {
    return this.#running !== undefined;
  }

  /** Silently: whoever stops it knows. */
  stop() {
    if (!this.#running) return;
    this.#end();
    this.stage.show();
    byID("prompt", HTMLTextAreaElement).focus();
  }

  /** @param {Wish} wish */
  async run(wish) {
    this.#running?.abort();
    const own = this.#running = new AbortController();
    this.#cancel.hidden = false;
    this.#form.classList.add("running");
    const view = waiting(wish);
    this.stage.fill(view.element);
    const ticking = window.setInterval(view.tick, 1000);
    try {
      const icon = await this.api.generate(wish, own.signal, view.show);
      if (own === this.#running) this.dispatchEvent(new CustomEvent("made", { detail: icon }));
    } catch (error) {
      if (own === this.#running && !isAbort(error)) this.#fail(error, wish);
    } finally {
      window.clearInterval(ticking);
      if (own === this.#running) this.#end();
    }
  }

  #end() {
    this.#running?.abort();
    this.#running = undefined;
    this.#cancel.hidden = true;
    this.#form.classList.remove("running");
    this.dispatchEvent(new Event("ended"));
  }

  /**
   * @param {unknown} error
   * @param {Wish} wish
   */
  #fail(error, wish) {
    const problem = error instanceof Problem ? error : new Problem(0, "ERROR", String(error));
    const again = h("button", { type: "button", class: "primary" }, "Try again");
    again.addEventListener("click", () => void this.run(wish));
    const back = h("button", { type: "button" }, "Back to the preview");
    back.addEventListener("click", () => this.stage.show());
    const { title, advice } = explained(problem);
    this.stage.fill(h("div", { class: "middle failed", role: "alert" },
      h("h3", {}, sign("alert"), title),
      h("p", {}, problem.words),
      problem.wait !== undefined && h("p", {}, `It asks to wait ${waitWords(problem.wait)}.`),
      h("p", { class: "quiet" }, advice),
      h("div", { class: "row" }, again, back)));
    this.dispatchEvent(new CustomEvent("failed", { detail: problem }));
  }
}

/** @param {number} seconds */
function waitWords(seconds) {
  if (seconds < 90) return counted(Math.ceil(seconds), "second");
  if (seconds < 5400) return counted(Math.ceil(seconds / 60), "minute");
  return counted(Math.ceil(seconds / 3600), "hour");
}

const steps = ["Asked", "Drawing", "Checking"];

/**
 * How far it is: three steps, the time, and as many empty sheets as icons are to come.
 * @param {Wish} wish
 */
function waiting(wish) {
  const began = Date.now();
  const text = h("p", { role: "status" }, "Asking …");
  const time = h("p", { class: "quiet figures", "aria-hidden": "true" });
  const items = steps.map((name) => h("li", {}, name));
  const sheets = Array.from({ length: wish.variantCount }, () => h("span", { class: `sheet ${wish.colorMode}` }));
  let detail = "";
  const tick = () => {
    time.textContent = [`${Math.floor((Date.now() - began) / 1000)} s`, detail].filter(Boolean).join(" · ");
  };
  /** @param {Progress} progress */
  const show = (progress) => {
    const { place, words, figures } = read(progress);
    items.forEach((item, index) => {
      item.classList.toggle("done", index < place);
      if (index === place) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    if (text.textContent !== words) text.textContent = words;
    detail = figures ?? "";
    tick();
  };
  tick();
  return {
    tick, show,
    element: h("div", { class: "middle waits" },
      h("div", { class: "sheets", "aria-hidden": "true" }, ...sheets),
      h("ol", { class: "steps" }, ...items), text, time),
  };
}

/**
 * @param {Progress} progress
 * @returns {{ place: number, words: string, figures?: string }}
 */
function read(progress) {
  switch (progress.stage) {
    case "waiting": {
      const wait = progress.seconds ? ` in ${counted(Math.ceil(progress.seconds), "second")}` : "";
      return { place: 0, words: `The model is busy: trying again${wait} …`, figures: `attempt ${(progress.attempt ?? 1) + 1}` };
    }
    case "receiving":
      return { place: 1, words: "Drawing …", figures: counted(progress.characters ?? 0, "character") };
    case "drawn":
      return { place: 2, words: `${counted(progress.count ?? 1, "icon")} drawn, being checked …` };
    default:
      return { place: 0, words: "Asked; waiting for the first stroke …" };
  }
}
