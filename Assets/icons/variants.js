// The variants of the icon on the stage, one of which is chosen.

import { byID, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { address } from "./picture.js";
import { Problem, words } from "../app/problem.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./selection.js").Selection} Selection */

/**
 * @param {Selection} selection
 * @param {API} api
 */
export function showVariants(selection, api) {
  const box = byID("variants", HTMLElement);
  let shown = "";
  selection.addEventListener("shown", () => {
    const icon = selection.icon;
    box.hidden = (icon?.variants.length ?? 0) < 2;
    if (!icon) return;
    if (shown !== icon.id) box.replaceChildren(choices(selection));
    shown = icon.id;
    const input = box.querySelectorAll("input")[selection.index];
    if (input) input.checked = true;
  });
  selection.addEventListener("chosen", () => void keep(selection, api));
}

/** @param {Selection} selection */
function choices(selection) {
  const icon = selection.icon;
  const labels = (icon?.variants ?? []).map((variant, index) => {
    const input = h("input", { type: "radio", name: "variant", value: variant.id, "aria-label": `Variant ${index + 1}: ${variant.name}` });
    input.addEventListener("change", () => selection.choose(index));
    const mode = icon?.colorMode ?? "dark";
    return h("label", { class: mode, title: variant.name }, input,
      h("img", { src: address(variant.svg, mode, 48), alt: "", width: 40, height: 40 }));
  });
  return h("fieldset", {}, h("legend", { class: "hidden" }, "Variants"), ...labels);
}

/**
 * The choice is the server's, too. Where the icon was changed elsewhere meanwhile, that comes first.
 * @param {Selection} selection
 * @param {API} api
 */
async function keep(selection, api) {
  const { icon, variant } = selection;
  if (!icon || !variant || icon.chosen === variant.id) return;
  try {
    selection.update(await api.choose(icon, variant.id));
  } catch (error) {
    const isStale = error instanceof Problem && error.status === 412;
    if (!isStale) return say(`The choice is not kept: ${words(error)}`);
    const newer = await api.find(icon.id).catch(() => undefined);
    if (newer) selection.update(await api.choose(newer, variant.id).catch(() => newer));
  }
}
