// Icons as pictures. What comes from the server or from a file is never part of the page: it is shown
// as an image, in which nothing runs and from which nothing is loaded.

import { h } from "../docs/dom.js";

/** @typedef {import("./api.js").ColorMode} ColorMode */

/** What `currentColor` is on a ground of either kind. */
const ink = { dark: "#eef2ef", light: "#17211c" };

/** The start tag of the root. Text is not parsed: the policy would look at its styles as at the page's. */
const root = /<svg\b((?:[^>"']|"[^"]*"|'[^']*')*)>/;

/**
 * An address that shows the icon on a ground of this kind.
 * @param {string} svg
 * @param {ColorMode} mode
 * @param {number} [size] in pixels, where nothing else gives it one
 */
export function address(svg, mode, size = 512) {
  const own = ` width="${size}" height="${size}" color="${ink[mode]}"`;
  const dressed = svg.replace(root, (_, /** @type {string} */ attributes) =>
    `<svg${own}${attributes.replace(/\s(?:width|height|color)\s*=\s*(?:"[^"]*"|'[^']*')/g, "")}>`);
  return `data:image/svg+xml,${encodeURIComponent(dressed)}`;
}

/**
 * Whether a browser shows it.
 * @param {string} svg
 */
export async function isPicture(svg) {
  const image = new Image();
  image.src = address(svg, "light");
  return root.test(svg) && image.decode().then(() => true, () => false);
}

/**
 * The units of the icon's own grid along one side.
 * @param {string} svg
 */
export function units(svg) {
  const box = /\sviewBox\s*=\s*["']([^"']*)/.exec(root.exec(svg)?.[1] ?? "")?.[1];
  const width = Number(box?.trim().split(/[\s,]+/)[2]);
  return width >= 4 && width <= 128 ? Math.round(width) : 24;
}

/**
 * A small picture on a ground of its own.
 * @param {string} svg
 * @param {ColorMode} mode
 * @param {number} [size] in pixels
 */
export function thumbnail(svg, mode, size = 48) {
  return h("img", {
    class: `thumbnail ${mode}`, src: address(svg, mode, size), alt: "", width: size, height: size,
    decoding: "async",
  });
}
