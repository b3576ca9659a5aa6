// A brand kit in the list of them.

import { h } from "../docs/dom.js";

/** @typedef {import("../effects/look.js").BrandKit} BrandKit */

/**
 * @param {BrandKit} kit
 * @param {() => void} choose
 */
export function kitItem({ id, name, colorPalette }, choose) {
  const { primary, secondary, accent, background, text } = colorPalette;
  const made = h("button", { type: "button", class: "bare" },
    h("span", { class: "swatches", "aria-hidden": "true" }, ...[background, text, primary, secondary, accent].map(swatch)),
    h("span", { class: "words" }, name));
  made.addEventListener("click", choose);
  return h("li", { "data-id": id }, made);
}

/**
 * Marks the one that is in the editor.
 * @param {HTMLElement} list
 * @param {string | undefined} id
 */
export function markKit(list, id) {
  for (const item of list.querySelectorAll("li")) {
    if (item.dataset.id === id) item.firstElementChild?.setAttribute("aria-current", "true");
    else item.firstElementChild?.removeAttribute("aria-current");
  }
}

/** @param {string} color */
function swatch(color) {
  const made = h("i");
  made.style.background = color;
  return made;
}
