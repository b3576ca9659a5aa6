// Icons as pictures. What comes from the server or from a file is never part of the page: it is shown
// as an image, in which nothing runs and from which nothing is loaded.

import { h } from "../docs/dom.js";

/** @typedef {import("./api.js").ColorMode} ColorMode */

/** What `currentColor` is on a ground of either kind. */
const ink = { dark: "#eef2ef", light: "#17211c" };

/**
 * @param {string} svg
 * @returns {Element | undefined} nothing where the text is no SVG
 */
export function parsed(svg) {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return root.localName === "svg" ? root : undefined;
}

/**
 * An address that shows the icon on a ground of this kind.
 * @param {string} svg
 * @param {ColorMode} mode
 * @param {number} [size] in pixels, where nothing else gives it one
 */
export function address(svg, mode, size = 512) {
  const root = parsed(svg);
  if (!root) return undefined;
  root.setAttribute("color", ink[mode]);
  root.setAttribute("width", String(size));
  root.setAttribute("height", String(size));
  return `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(root))}`;
}

/**
 * The units of the icon's own grid along one side.
 * @param {string} svg
 */
export function units(svg) {
  const width = Number(parsed(svg)?.getAttribute("viewBox")?.split(/[\s,]+/)[2]);
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
