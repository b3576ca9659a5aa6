// What is known of the icon on the stage, its usual sizes, and its source.

import { byID, h, snippet } from "../docs/dom.js";
import "../elements/copy.js";
import { address } from "./picture.js";
import { counted, signButton } from "../app/ui.js";

/** @typedef {import("./api.js").Icon} Icon */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {{ attach: () => void, reuse: (icon: Icon) => void, remove: (icon: Icon) => void }} Actions */

const sizes = [16, 24, 32, 48];
const moment = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/**
 * @param {Selection} selection
 * @param {Actions} actions
 */
export function showInspector(selection, actions) {
  const box = byID("inspector", HTMLElement);
  const show = () => {
    const { icon, variant } = selection;
    box.replaceChildren(...(icon && variant ? parts(icon, variant, actions) : [
      h("p", { class: "quiet empty" }, "Choose an icon to see what it is made of."),
    ]));
  };
  selection.addEventListener("shown", show);
  show();
}

/**
 * @param {Icon} icon
 * @param {import("./api.js").Variant} variant
 * @param {Actions} actions
 */
function parts(icon, variant, actions) {
  return [
    h("p", { class: "prompt" }, icon.prompt),
    facts(icon, variant),
    h("div", { class: "row actions" },
      signButton("pen", "Prompt again", () => actions.reuse(icon), { showsText: true }),
      signButton("clip", "Use as reference", actions.attach, { showsText: true }),
      signButton("trash", "Delete", () => actions.remove(icon), { showsText: true })),
    h("h3", {}, "Sizes"),
    h("div", { class: "sizes" }, row(variant.svg, "dark"), row(variant.svg, "light")),
    snippet("source", "Source", broken(variant.svg), "the source"),
  ];
}

/**
 * @param {Icon} icon
 * @param {import("./api.js").Variant} variant
 */
function facts(icon, variant) {
  const origin = icon.generator === "offline"
    ? "Offline, by no model" : [icon.generator, icon.model].filter(Boolean).join(", ");
  /** @type {[string, string][]} */
  const list = [
    ["Name", variant.name],
    ["Mode", icon.intent === "refine" ? "Refine" : "Create"],
    ["Style", icon.colorMode === "light" ? "Light" : "Dark"],
    ["Output", counted(icon.variants.length, "variant")],
    ["Made", moment.format(new Date(icon.createdAt))],
    ["Drawn by", origin],
    ["Size", `${new Blob([variant.svg]).size.toLocaleString("en")} bytes`],
  ];
  return h("dl", { class: "facts" }, ...list.flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]));
}

/**
 * The sizes that icons are used in, on one ground.
 * @param {string} svg
 * @param {import("./api.js").ColorMode} mode
 */
function row(svg, mode) {
  const source = address(svg, mode);
  return h("div", { class: mode }, ...sizes.map((size) =>
    h("img", { src: source, alt: `${size} pixels, ${mode}`, width: size, height: size })));
}

/**
 * An element a line.
 * @param {string} svg
 */
function broken(svg) {
  return svg.replace(/>\s*</g, ">\n<");
}
