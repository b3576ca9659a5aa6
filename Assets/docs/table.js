// Fields as a table of two columns, which fits the narrowest screen: the name, and what it is.

import { h } from "./dom.js";
import { inline } from "./markdown.js";

/** @typedef {import("./schema.js").Row} Row */

/**
 * Marks what is required where one writes, and what may be missing where one reads.
 * @param {string} caption
 * @param {Row[]} list
 * @param {"required" | "optional" | "nothing"} marks
 */
export function table(caption, list, marks = "required") {
  return h("table", { class: "fields" },
    h("caption", {}, caption),
    h("thead", { class: "hidden" }, h("tr", {},
      h("th", { scope: "col" }, "Field"), h("th", { scope: "col" }, "What it is"))),
    h("tbody", {}, ...list.map((row) => h("tr", {},
      h("th", { scope: "row", class: `depth-${Math.min(row.depth, 4)}` },
        h("code", {}, row.name), " ",
        row.required === (marks === "required") && marks !== "nothing"
          && h("span", { class: marks }, marks)),
      h("td", {},
        h("span", { class: "type" }, row.type),
        row.limits.length > 0 && h("span", { class: "quiet" }, ` · ${row.limits.join(" · ")}`),
        row.description && h("p", {}, ...inline(row.description)))))));
}
