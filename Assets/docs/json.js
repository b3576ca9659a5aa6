// JSON as a person reads it: indented, with its kinds told apart by more than colour alone.

import { h } from "./dom.js";

const token = /"(?:[^"\\]|\\.)*"(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * @param {unknown} value
 * @returns {DocumentFragment}
 */
export function json(value) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(token)) {
    fragment.append(text.slice(end, match.index));
    end = (match.index ?? 0) + match[0].length;
    fragment.append(h("span", { class: kind(match[0], match[1]) }, match[0]));
  }
  fragment.append(text.slice(end));
  return fragment;
}

/**
 * @param {string} text
 * @param {string | undefined} colon
 */
function kind(text, colon) {
  if (colon) return "key";
  return text.startsWith('"') ? "text" : "literal";
}
