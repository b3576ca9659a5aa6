// An icon in the history.

import { h } from "../docs/dom.js";
import { thumbnail } from "./picture.js";
import { ago, counted, signButton } from "../app/ui.js";

/** @typedef {import("./api.js").Icon} Icon */

/**
 * @param {Icon} icon
 * @param {{ show: (icon: Icon) => void, remove: (icon: Icon) => void }} actions
 */
export function entry(icon, actions) {
  const facts = [
    icon.intent === "refine" && "Refined",
    icon.variants.length > 1 && counted(icon.variants.length, "variant"),
    ago(icon.createdAt),
  ].filter(Boolean).join(" · ");
  const show = h("button", { type: "button", class: "bare show" },
    thumbnail(icon.svg, icon.colorMode),
    h("span", { class: "words" }, h("span", { class: "prompt" }, icon.prompt), h("span", { class: "quiet" }, facts)));
  show.addEventListener("click", () => actions.show(icon));
  const remove = signButton("trash", `Delete: ${icon.prompt}`, () => actions.remove(icon), { class: "bare" });
  return h("li", { "data-id": icon.id }, show, remove);
}

/**
 * Marks the one that is on the stage.
 * @param {HTMLElement} list
 * @param {string | undefined} id
 */
export function mark(list, id) {
  for (const item of list.querySelectorAll("li")) {
    const button = item.querySelector("button");
    if (item.dataset.id === id) button?.setAttribute("aria-current", "true");
    else button?.removeAttribute("aria-current");
  }
}

/** @type {WeakMap<Element, Icon>} what an entry shows */
const shown = new WeakMap();

/**
 * Puts the entries of all icons in order. One that is there already is left alone, and with it the focus.
 * @param {HTMLElement} list
 * @param {Icon[]} icons
 * @param {(icon: Icon) => HTMLElement} make
 */
export function arrange(list, icons, make) {
  const wanted = new Set(icons);
  for (const item of [...list.children]) {
    const icon = shown.get(item);
    if (!icon || !wanted.has(icon)) item.remove();
  }
  icons.forEach((icon, index) => {
    const there = list.children[index];
    if (there && shown.get(there) === icon) return;
    const made = make(icon);
    shown.set(made, icon);
    list.insertBefore(made, there ?? null);
  });
}

/**
 * What stands there before the list has come.
 * @param {number} count
 */
export function placeholders(count) {
  return Array.from({ length: count }, () => h("li", { class: "placeholder", "aria-hidden": "true" },
    h("span", { class: "thumbnail" }), h("span", { class: "words" }, h("span", {}), h("span", {}))));
}
