// An effect of the creator's own: a picture or a film, what it is called, and how far it is on its way.

import { byID, button, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { isAbort, words } from "../app/problem.js";
import { send } from "./sending.js";
import { categories, motions, tierName } from "./words.js";

/** @typedef {import("../app/session.js").Session} Session */
/** @typedef {import("./api.js").Creator} Creator */
/** @typedef {import("./api.js").Effect} Effect */

const bytesMax = 25 * 1024 * 1024;
const accepted = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "video/mp4", "video/webm"];

export class Uploads {
  /** @type {Creator | undefined} */
  creator;
  #dialog = byID("upload", HTMLDialogElement);
  /** @type {AbortController | undefined} */
  #sending;

  /**
   * @param {Session} session
   * @param {(effect: Effect) => void} done
   */
  constructor(session, done) {
    this.session = session;
    this.done = done;
    byID("open-upload", HTMLButtonElement).addEventListener("click", () => this.open());
    this.#dialog.addEventListener("close", () => this.#sending?.abort());
  }

  open() {
    const { creator } = this;
    if (creator && creator.allowance.uploads === 0) {
      return say(`Effects of your own need the tier ${tierName("creator")}. Yours is ${tierName(creator.subscriptionTier)}`);
    }
    const parts = fields();
    const { form, file, picture, name } = parts;
    file.addEventListener("change", () => {
      const chosen = file.files?.[0];
      parts.problem.textContent = chosen ? objection(chosen) : "";
      picture.replaceChildren(...(chosen && !parts.problem.textContent ? [shown(chosen)] : []));
      if (chosen && !name.value) name.value = chosen.name.replace(/\.[^.]*$/, "").replaceAll(/[_-]+/g, " ").slice(0, 80);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send(parts);
    });
    parts.cancel.addEventListener("click", () => this.#dialog.close());
    this.#dialog.replaceChildren(form);
    this.#dialog.showModal();
  }

  /** @param {ReturnType<typeof fields>} parts */
  async #send({ form, file, problem, progress, bar, figure, submit }) {
    const chosen = file.files?.[0];
    problem.textContent = chosen ? objection(chosen) : "Choose a file.";
    if (!chosen || problem.textContent) return;
    const data = new FormData();
    const given = new FormData(form);
    for (const name of ["name", "category", "motion"]) data.set(name, String(given.get(name)).trim());
    data.set("durationMs", String(Math.round(Number(given.get("seconds")) * 1000)));
    // The file comes last: what is said of it is known when its bytes arrive.
    data.set("file", chosen);
    const own = this.#sending = new AbortController();
    progress.hidden = false;
    submit.disabled = true;
    try {
      const effect = await send(this.session, "/api/effects/upload", data, own.signal, (part) => {
        bar.value = part;
        figure.textContent = part < 1 ? `${Math.floor(part * 100)} %` : "being looked at …";
      });
      this.#dialog.close();
      say(`${effect.name} is among the effects`);
      this.done(effect);
    } catch (error) {
      if (!isAbort(error)) problem.textContent = words(error);
    }
    progress.hidden = true;
    submit.disabled = false;
  }
}

/**
 * Why a file cannot be taken, as far as can be seen from here.
 * @param {File} file
 */
function objection(file) {
  if (file.size > bytesMax) return "The file is larger than 25 MB.";
  if (file.type && !accepted.includes(file.type)) return "That is no picture or film of these kinds: PNG, JPEG, GIF, WebP, AVIF, MP4, WebM.";
  return "";
}

/** @param {File} file */
function shown(file) {
  const url = URL.createObjectURL(file);
  const isFilm = file.type.startsWith("video/");
  const element = isFilm ? h("video", { src: url, loop: true, playsinline: true, controls: true }) : h("img", { src: url, alt: "What you chose" });
  if (element instanceof HTMLVideoElement) element.muted = true;
  element.addEventListener(isFilm ? "loadeddata" : "load", () => { if (!isFilm) URL.revokeObjectURL(url); });
  return element;
}

function fields() {
  const file = h("input", { id: "upload-file", type: "file", accept: accepted.join(), required: true });
  const picture = h("div", { class: "chosen" });
  const name = h("input", { id: "upload-name", name: "name", required: true, maxlength: 80, autocomplete: "off" });
  const category = h("select", { id: "upload-category", name: "category" },
    ...Object.entries(categories).map(([value, label]) => h("option", { value }, label)));
  const motion = h("select", { id: "upload-motion", name: "motion" },
    ...[1, 2, 3, 4, 5].map((level) => h("option", { value: level, selected: level === 2 }, `${level}, ${(motions[level] ?? "").toLowerCase()}`)));
  const seconds = h("input", { id: "upload-seconds", name: "seconds", type: "number", min: 0.5, max: 60, step: 0.5, value: 6, required: true });
  const bar = h("progress", { max: 1, value: 0, "aria-label": "How much is sent" });
  const figure = h("span", { class: "figures quiet" });
  const progress = h("div", { class: "progress", hidden: true }, bar, figure);
  const problem = h("p", { class: "problem", role: "alert" });
  const submit = h("button", { class: "primary" }, "Upload");
  const cancel = button("Cancel", () => {});
  const field = (/** @type {string} */ id, /** @type {string} */ label, /** @type {HTMLElement} */ input) =>
    h("div", { class: "field" }, h("label", { for: id }, label), input);
  const form = h("form", { class: "stack" },
    h("h2", { id: "upload-title" }, "An effect of your own"),
    field(file.id, "Picture or film", file), picture,
    field(name.id, "Name", name),
    h("div", { class: "three" }, field(category.id, "Category", category), field(motion.id, "Motion", motion), field(seconds.id, "Seconds", seconds)),
    progress, problem, h("div", { class: "row" }, submit, cancel, h("span", { class: "quiet" }, "Up to 25 MB; films play without sound.")));
  return { form, file, picture, name, progress, bar, figure, problem, submit, cancel };
}
