// The fields of a brand kit, filled from one and read as one.

import { h } from "../docs/dom.js";
import { hint } from "./contrast.js";
import { categories, motions } from "./words.js";

/** @typedef {import("./api.js").KitDraft} KitDraft */

const colors = /** @type {const} */ ({
  primary: "Primary", secondary: "Secondary", accent: "Accent", background: "Background", text: "Text",
});
const fonts = ["system-ui", "Inter", "Montserrat", "Poppins", "Oswald", "Roboto", "Bebas Neue", "Georgia", "DejaVu Sans", "DejaVu Serif"];
const weights = /** @type {Record<number, string>} */ ({
  100: "Thin", 200: "Extra light", 300: "Light", 400: "Regular", 500: "Medium", 600: "Semibold", 700: "Bold", 800: "Extra bold", 900: "Black",
});

/** @type {KitDraft} */
export const freshKit = {
  name: "",
  colorPalette: { primary: "#6d4aff", secondary: "#00c2d1", accent: "#ffb800", background: "#14101f", text: "#ffffff" },
  typography: { heading: "system-ui", body: "system-ui", weight: 700, scale: 1 },
  motionIntensity: 3, allowedCategories: Object.keys(categories),
};

/**
 * @param {KitDraft} kit
 */
export function kitFields({ name, colorPalette, typography, motionIntensity, allowedCategories }) {
  const hints = h("ul", { class: "hints", "aria-live": "polite", "aria-label": "How well it is read" });
  return [
    h("div", { class: "field" }, h("label", { for: "kit-name" }, "Name"),
      h("input", { id: "kit-name", name: "name", value: name, required: true, maxlength: 100, autocomplete: "off" })),
    h("fieldset", { class: "colors" }, h("legend", {}, "Colours"),
      ...Object.entries(colors).map(([role, label]) => colorField(role, label, colorPalette[/** @type {keyof typeof colors} */ (role)])), hints),
    h("fieldset", { class: "fonts" }, h("legend", {}, "Type"),
      h("datalist", { id: "families" }, ...fonts.map((font) => h("option", { value: font }))),
      family("heading", "Headings", typography.heading), family("body", "Other texts", typography.body),
      h("div", { class: "field" }, h("label", { for: "kit-weight" }, "Weight of headings"),
        h("select", { id: "kit-weight", name: "weight" }, ...Object.entries(weights).map(([weight, words]) =>
          h("option", { value: weight, selected: Number(weight) === typography.weight }, `${words} ${weight}`)))),
      slider("scale", "Size", { min: 0.75, max: 1.5, step: 0.05, value: typography.scale })),
    slider("motion", "Strongest motion", { min: 1, max: 5, step: 1, value: motionIntensity }),
    h("fieldset", { class: "allowed" }, h("legend", {}, "Effects that fit"),
      ...Object.entries(categories).map(([category, label]) => h("label", {},
        h("input", { type: "checkbox", name: "category", value: category, checked: allowedCategories.includes(category) }), label))),
  ];
}

/**
 * @param {HTMLFormElement} form
 * @returns {KitDraft}
 */
export function readKit(form) {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  return {
    name: text("name"),
    colorPalette: {
      primary: text("primary"), secondary: text("secondary"), accent: text("accent"), background: text("background"), text: text("text"),
    },
    typography: { heading: text("heading"), body: text("body"), weight: Number(text("weight")), scale: Number(text("scale")) },
    motionIntensity: Number(text("motion")), allowedCategories: data.getAll("category").map(String),
  };
}

/**
 * What follows from what is chosen: figures beside sliders, colours beside their codes, and how well it is read.
 * @param {HTMLFormElement} form
 */
export function annotate(form) {
  const { colorPalette: { text, accent, primary, background }, motionIntensity, typography } = readKit(form);
  output(form, "scale", `${Math.round(typography.scale * 100)} %`);
  output(form, "motion", `${motionIntensity}, ${(motions[motionIntensity] ?? "").toLowerCase()}`);
  const found = [hint("Text", text, background, 4.5), hint("Accent", accent, background, 3), hint("Primary", primary, background, 3)];
  form.querySelector(".hints")?.replaceChildren(...found.map(({ isGood, words }) => h("li", { class: isGood ? "good" : "bad" }, words)));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} text
 */
function output(form, name, text) {
  const place = form.querySelector(`output[for=kit-${name}]`);
  if (place) place.textContent = text;
  form.querySelector(`#kit-${name}`)?.setAttribute("aria-valuetext", text);
}

/**
 * A colour to point at, and its code to type.
 * @param {string} role
 * @param {string} label
 * @param {string} value
 */
function colorField(role, label, value) {
  const picker = h("input", { id: `kit-${role}`, type: "color", name: role, value });
  const code = h("input", {
    class: "code", value, maxlength: 7, pattern: "#[0-9a-fA-F]{6}", "aria-label": `${label} as a code`, spellcheck: "false", autocomplete: "off",
    title: "# and six digits of 0 to 9 and a to f",
  });
  picker.addEventListener("input", () => { code.value = picker.value; });
  code.addEventListener("input", () => {
    if (/^#[0-9a-f]{6}$/i.test(code.value)) picker.value = code.value.toLowerCase();
  });
  return h("div", { class: "color" }, picker, h("label", { for: picker.id }, label), code);
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} value
 */
function family(name, label, value) {
  return h("div", { class: "field" }, h("label", { for: `kit-${name}` }, label),
    h("input", {
      id: `kit-${name}`, name, value, list: "families", required: true, maxlength: 60, pattern: "[A-Za-z0-9][A-Za-z0-9 \\-]*",
      title: "A font that the streaming machine has: letters, digits, spaces and hyphens", autocomplete: "off", spellcheck: "false",
    }));
}

/**
 * @param {string} name
 * @param {string} label
 * @param {{ min: number, max: number, step: number, value: number }} range
 */
function slider(name, label, range) {
  return h("div", { class: "field" },
    h("div", { class: "row" }, h("label", { for: `kit-${name}` }, label), h("output", { for: `kit-${name}`, class: "quiet end" })),
    h("input", { id: `kit-${name}`, name, type: "range", ...range }));
}
