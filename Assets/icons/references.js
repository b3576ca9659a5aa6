// What an icon should look like: icons of one's own, or SVG files. They go along with the prompt.

import { byID, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { isPicture, thumbnail } from "./picture.js";
import { signButton } from "../app/ui.js";

/** @typedef {import("./api.js").Attachment} Attachment */
/** @typedef {import("./selection.js").Selection} Selection */

export class References {
  /** @type {Attachment[]} */
  list = [];
  /** As many as the server takes, and as long. */
  limits = { attachmentsMax: 4, svgBytesMax: 65_536 };
  #box = byID("references", HTMLUListElement);
  #file = byID("file", HTMLInputElement);

  /** @param {Selection} selection */
  constructor(selection) {
    this.selection = selection;
    byID("attach-current", HTMLButtonElement).addEventListener("click", () => this.attachCurrent());
    byID("attach-file", HTMLButtonElement).addEventListener("click", () => this.choose());
    this.#file.addEventListener("change", () => {
      void this.read([...this.#file.files ?? []]);
      this.#file.value = "";
    });
    this.#acceptDrops(byID("composer", HTMLElement));
  }

  choose() {
    this.#file.click();
  }

  attachCurrent() {
    const { icon, variant } = this.selection;
    if (!icon || !variant) return say("There is no icon in the preview yet");
    this.add({ id: `${icon.id}.${variant.id}`.slice(0, 100), name: icon.prompt, svg: variant.svg });
  }

  /** @param {Attachment} reference */
  add(reference) {
    if (this.list.some((one) => one.svg === reference.svg)) return say("It is attached already");
    const most = this.limits.attachmentsMax;
    if (this.list.length >= most) return say(`${most} references are the most`);
    this.list.push({ ...reference, name: reference.name.replace(/\s+/g, " ").slice(0, 100) });
    this.#show();
    say(`Attached: ${reference.name}`);
  }

  /** @param {File[]} files */
  async read(files) {
    const most = this.limits.svgBytesMax;
    for (const file of files) {
      const svg = file.size > most ? "" : await file.text();
      if (file.size > most) say(`${file.name} is larger than ${Math.floor(most / 1024)} KB`);
      else if (!await isPicture(svg)) say(`${file.name} is no SVG file`);
      else this.add({ id: file.name, name: file.name.replace(/\.svg$/i, "") || "Reference", svg });
    }
  }

  clear() {
    this.list = [];
    this.#show();
  }

  #show() {
    this.#box.hidden = this.list.length === 0;
    this.#box.replaceChildren(...this.list.map((one) => {
      const remove = signButton("close", `Remove the reference ${one.name}`, () => {
        this.list = this.list.filter((other) => other !== one);
        this.#show();
        byID("prompt", HTMLTextAreaElement).focus();
      }, { class: "bare" });
      return h("li", {}, thumbnail(one.svg, "light", 24), h("span", {}, one.name), remove);
    }));
  }

  /** @param {HTMLElement} target */
  #acceptDrops(target) {
    const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
    target.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      target.classList.add("dropping");
    });
    for (const name of ["dragleave", "drop"]) target.addEventListener(name, () => target.classList.remove("dropping"));
    target.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      void this.read([...event.dataTransfer?.files ?? []]);
    });
  }
}
