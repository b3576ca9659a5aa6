// The part of Markdown that descriptions use: headings, paragraphs, lists, code, emphasis, links.

import { h } from "./dom.js";

/**
 * @param {string} text
 * @returns {HTMLElement[]}
 */
export function markdown(text) {
  return text.split(/\n{2,}/).filter((block) => block.trim()).map((block) => {
    const lines = block.trim().split("\n");
    const heading = /^#{2,6} (.*)$/.exec(block.trim());
    // A page has one heading of the first level, and this is below it.
    if (heading) return h("h2", {}, ...inline(heading[1] ?? ""));
    if (lines.every((line) => /^\s*[-*] /.test(line))) {
      return h("ul", {}, ...lines.map((line) =>
        h("li", {}, ...inline(line.replace(/^\s*[-*] /, "")))));
    }
    return h("p", {}, ...inline(lines.join(" ")));
  });
}

const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/**
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function inline(text) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [all, code, strong, emphasis, label, address] = match;
    parts.push(text.slice(end, match.index));
    end = (match.index ?? 0) + all.length;
    if (code) parts.push(h("code", {}, code));
    else if (strong) parts.push(h("strong", {}, strong));
    else if (emphasis) parts.push(h("em", {}, emphasis));
    // No `javascript:` from a document, whoever wrote it.
    else if (label && address && /^(https?:|#|\/)/.test(address)) parts.push(h("a", { href: address }, label));
    else parts.push(all);
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== "");
}
