// One operation: what it is for, what it takes, what it answers, and a place to try it.

import { title } from "./credentials.js";
import { h } from "./dom.js";
import { markdown } from "./markdown.js";
import { responses } from "./responses.js";
import { limits, rows, typeName, whole } from "./schema.js";
import { table } from "./table.js";
import { trial } from "./trial.js";

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {import("./document.js").Operation} Operation */
/** @typedef {import("./schema.js").Row} Row */

/**
 * @param {Operation} operation
 * @param {ApiDocument} api
 * @param {import("./credentials.js").Credentials} credentials
 */
export function operationView(operation, api, credentials) {
  return h("article", { class: "operation" },
    head(operation, api),
    request(operation, api),
    trial(operation, api, credentials),
    responses(operation, api));
}

/**
 * @param {Operation} operation
 * @param {ApiDocument} api
 */
function head(operation, api) {
  return h("header", { class: "stack" },
    h("h1", { tabindex: -1 }, operation.summary),
    h("p", { class: "address" },
      h("span", { class: "method" }, operation.method), " ",
      h("code", {}, ...breakable(operation.path))),
    operation.deprecated && h("p", { class: "bad" }, "Deprecated: it will go away."),
    ...markdown(operation.description),
    h("p", { class: "quiet" }, needs(operation, api)));
}

/**
 * A path may break after each slash.
 * @param {string} path
 */
function breakable(path) {
  return path.split(/(?<=\/)/).flatMap((part) => [part, h("wbr")]);
}

/**
 * @param {Operation} operation
 * @param {ApiDocument} api
 */
function needs(operation, api) {
  const ways = operation.security.filter((names) => names.length > 0).map((names) =>
    names.map((name) => title(name, api.schemes[name]).toLowerCase()).join(" and "));
  if (ways.length === 0) return "Anybody may call it.";
  const isOptional = operation.security.some((names) => names.length === 0);
  return `${isOptional ? "Takes" : "Needs"} ${ways.join(", or ")}${isOptional ? ", or nothing" : ""}.`;
}

/**
 * @param {Operation} operation
 * @param {ApiDocument} api
 */
function request(operation, api) {
  /** @type {Row[]} */
  const parameters = operation.parameters.map((parameter) => ({
    name: parameter.name, depth: 0, required: parameter.required ?? false,
    type: `${typeName(parameter.schema, api)}, in the ${parameter.in}`,
    limits: limits(whole(parameter.schema, api)), description: parameter.description ?? "",
  }));
  const [type, media] = Object.entries(operation.body?.content ?? {})[0] ?? [];
  const fields = rows(media?.schema, api);
  return h("section", { class: "request stack", "aria-labelledby": "request-title" },
    h("h2", { id: "request-title" }, "Request"),
    parameters.length > 0 && table("Parameters", parameters),
    type && fields.length > 0 && table(`Body: ${type}`, fields),
    type && fields.length === 0 && h("p", {}, `Body: ${type}, ${typeName(media?.schema, api)}`),
    parameters.length === 0 && !type && h("p", { class: "quiet" }, "It takes no input."));
}
