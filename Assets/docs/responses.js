// What an operation answers: each status with its fields and examples.

import { h, snippet } from "./dom.js";
import { examples } from "./example.js";
import { json } from "./json.js";
import { inline, markdown } from "./markdown.js";
import { rows, typeName } from "./schema.js";
import { table } from "./table.js";

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {import("./document.js").Answer} Answer */

/**
 * @param {import("./document.js").Operation} operation
 * @param {ApiDocument} api
 */
export function responses(operation, api) {
  return h("section", { class: "responses stack", "aria-labelledby": "responses-title" },
    h("h2", { id: "responses-title" }, "Responses"),
    ...operation.answers.map(({ status, answer }, index) =>
      response(status, answer, index === 0, api)));
}

/**
 * @param {string} status
 * @param {Answer} answer
 * @param {boolean} isOpen
 * @param {ApiDocument} api
 */
function response(status, answer, isOpen, api) {
  const text = answer.description ?? "";
  const [first = "", ...rest] = text.split(/\n{2,}/);
  return h("details", { class: "response", open: isOpen },
    h("summary", { class: "plain" },
      h("span", { class: `status kind-${status.charAt(0)}` }, status), " ",
      h("span", {}, ...inline(first)),
      rest.length > 0 && h("span", { class: "quiet" }, ` and ${rest.length} more`)),
    h("div", { class: "stack" },
      ...markdown(rest.join("\n\n")),
      ...Object.entries(answer.content ?? {}).flatMap(([type, media]) => {
        const fields = rows(media.schema, api);
        return [
          fields.length > 0 ? table(type, fields, "optional") : h("p", { class: "quiet" }, `${type}, ${typeName(media.schema, api)}`),
          ...(/json/.test(type) ? examples(media, api) : []).map((one, index) =>
            snippet(`example-${status}-${index}`, one.name, json(one.value))),
        ];
      }),
      headers(answer, api)));
}

/**
 * @param {Answer} answer
 * @param {ApiDocument} api
 */
function headers(answer, api) {
  const list = Object.entries(answer.headers ?? {}).map(([name, header]) => {
    const found = api.resolve(header);
    return {
      name, depth: 0, required: true, type: typeName(found.schema, api), limits: [],
      description: found.description ?? "",
    };
  });
  return list.length > 0 && h("details", {},
    h("summary", {}, `Header fields: ${list.map((one) => one.name).join(", ")}`),
    table("Header fields", list, "nothing"));
}
