// Takes an icon along: as SVG, as a picture of 512 pixels, or all variants in one archive.

import { byID, button, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { address, thumbnail } from "./picture.js";
import { archive } from "./zip.js";

/** @typedef {import("./api.js").Icon} Icon */
/** @typedef {import("./selection.js").Selection} Selection */

const side = 512;
const dialog = byID("export", HTMLDialogElement);

/** @param {Selection} selection */
export function openExport(selection) {
  const { icon, variant } = selection;
  if (!icon || !variant) return say("There is no icon in the preview yet");
  const name = h("input", { id: "export-name", value: fileName(icon.prompt), maxlength: 80, spellcheck: "false", autocomplete: "off" });
  const formats = [
    format("svg", "SVG", "Its lines, in the colour of the text around it", true),
    format("png", "PNG", `${side} × ${side} pixels, no ground, in the colour of the ${icon.colorMode} style`),
  ];
  if (icon.variants.length > 1) formats.push(format("zip", "ZIP", `All ${icon.variants.length} variants as SVG`));
  const form = h("form", { method: "dialog", class: "stack" },
    h("div", { class: "row" }, thumbnail(variant.svg, icon.colorMode), h("h2", { id: "export-title" }, "Export")),
    h("fieldset", { class: "formats" }, h("legend", { class: "hidden" }, "Format"), ...formats),
    h("div", { class: "field" }, h("label", { for: name.id }, "File name"), name),
    h("div", { class: "row" },
      h("button", { class: "primary" }, "Download"),
      button("Cancel", () => dialog.close())));
  form.addEventListener("submit", () => {
    const kind = String(new FormData(form).get("format"));
    void download(kind, icon, selection.index, fileName(name.value) || "icon");
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}

/** @param {Selection} selection */
export async function copySource(selection) {
  if (!selection.variant) return say("There is no icon in the preview yet");
  try {
    await navigator.clipboard.writeText(selection.variant.svg);
    say("The SVG is in your clipboard");
  } catch {
    // No clipboard without HTTPS: the source is selected, and the keyboard copies it.
    const source = document.getElementById("source");
    if (source) window.getSelection()?.selectAllChildren(source);
    say("Selected in the details: copy it with your keyboard");
  }
}

/**
 * @param {string} value
 * @param {string} title
 * @param {string} text
 * @param {boolean} [isFirst]
 */
function format(value, title, text, isFirst = false) {
  return h("label", {},
    h("input", { type: "radio", name: "format", value, checked: isFirst }),
    h("span", {}, h("strong", {}, title), h("span", { class: "quiet" }, text)));
}

/**
 * @param {string} kind
 * @param {Icon} icon
 * @param {number} index of the variant on the stage
 * @param {string} name without an ending
 */
async function download(kind, icon, index, name) {
  const one = icon.variants.length > 1 ? `${name}_variant_${index + 1}` : name;
  const svg = icon.variants[index]?.svg ?? icon.svg;
  try {
    if (kind === "png") save(await picture(svg, icon), `${one}.png`);
    else if (kind === "zip") save(archive(files(icon, name)), `${name}.zip`);
    else save(new Blob([svg], { type: "image/svg+xml" }), `${one}.svg`);
  } catch (error) {
    say(`It could not be exported: ${error}`);
  }
}

/**
 * @param {Icon} icon
 * @param {string} name
 */
function files(icon, name) {
  return icon.variants.map((variant, index) => ({
    name: `${name}_variant_${index + 1}.svg`, bytes: new TextEncoder().encode(variant.svg),
  }));
}

/**
 * @param {string} svg
 * @param {Icon} icon
 * @returns {Promise<Blob>}
 */
async function picture(svg, icon) {
  const image = new Image(side, side);
  image.src = address(svg, icon.colorMode, side);
  await image.decode();
  const canvas = h("canvas", { width: side, height: side });
  canvas.getContext("2d")?.drawImage(image, 0, 0, side, side);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("no picture was made")), "image/png");
  });
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  // The browser has read it by then.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say(`Saved ${name}`);
}

/**
 * Lower case, letters and digits, underscores between: what every file system takes.
 * @param {string} text
 */
export function fileName(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "").slice(0, 60);
}
