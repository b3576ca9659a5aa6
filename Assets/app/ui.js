// Small things that all parts of the page make.

import { h } from "../docs/dom.js";

const sprite = new URL("ui.svg", import.meta.url).pathname;
const namespace = "http://www.w3.org/2000/svg";

/**
 * A picture of the page's own, in the colour of the text beside it.
 * @param {string} name as ui.svg has it
 */
export function sign(name) {
  const picture = document.createElementNS(namespace, "svg");
  picture.setAttribute("class", "i");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  picture.append(use);
  return picture;
}

/**
 * A button with a picture, and with words beside it or for those who cannot see it.
 * @param {string} name of the picture
 * @param {string} text
 * @param {() => void} act
 * @param {{ class?: string, showsText?: boolean }} [options]
 */
export function signButton(name, text, act, options = {}) {
  const made = h("button", {
    type: "button", class: options.class ?? "small",
    "aria-label": options.showsText ? null : text, title: options.showsText ? null : text,
  });
  made.append(sign(name), ...(options.showsText ? [h("span", {}, text)] : []));
  made.addEventListener("click", act);
  return made;
}

/**
 * Shows one thing of several.
 * @param {string} id of the shown one
 * @param {string[]} all their ids
 */
export function showOnly(id, all) {
  for (const one of all) {
    const element = document.getElementById(one);
    if (element) element.hidden = one !== id;
  }
}

const units = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ (
  [["day", 86_400], ["hour", 3_600], ["minute", 60]]);
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/**
 * How long ago something was, in words.
 * @param {string} instant
 */
export function ago(instant) {
  const seconds = (Date.now() - Date.parse(instant)) / 1000;
  const unit = units.find(([, size]) => seconds >= size);
  return unit ? relative.format(-Math.floor(seconds / unit[1]), unit[0]) : "just now";
}

/**
 * A number of things in words.
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
