// The page before an operation is chosen: all of the document, or one of its surfaces.

import { h } from "./dom.js";
import { markdown } from "./markdown.js";

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {import("./document.js").Group} Group */

/** @param {ApiDocument} api */
export function overview(api) {
  return h("article", { class: "overview stack" },
    h("h1", { tabindex: -1 }, `${api.info.title} API`),
    h("p", { class: "quiet" }, `Version ${api.info.version} · `,
      h("a", { href: "/api/openapi.json" }, `OpenAPI ${api.raw.openapi}`)),
    ...markdown(api.info.description ?? ""),
    h("p", {}, "Choose an operation to read what it takes and answers, and to try it here. ",
      h("kbd", {}, "/"), " searches from anywhere."),
    ...api.groups.map((group) => section(group)));
}

/** @param {Group} group */
function section(group) {
  return h("section", { "aria-labelledby": `overview-${group.name}` },
    h("h2", { id: `overview-${group.name}` }, group.title),
    ...markdown(group.description),
    list(group));
}

/** @param {Group} group */
export function surface(group) {
  return h("article", { class: "overview stack" },
    h("h1", { tabindex: -1 }, group.title), ...markdown(group.description), list(group));
}

/** @param {Group} group */
function list(group) {
  return h("ul", { class: "cards" }, ...group.operations.map((operation) => h("li", {},
    h("a", { href: `#${operation.id}` }, operation.summary),
    h("code", {}, `${operation.method} ${operation.path}`))));
}

/** @param {string} hash */
export function missing(hash) {
  return h("article", { class: "overview stack" },
    h("h1", { tabindex: -1 }, "No such operation"),
    h("p", {}, "The document has nothing named ", h("code", {}, hash), ". ",
      h("a", { href: "#" }, "See all operations"), "."));
}
