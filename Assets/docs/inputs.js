// Fields of a form made of schemas, and what was typed into them as a JSON value.

import { h } from "./dom.js";
import { example, given } from "./example.js";
import { limits, types, typeName, whole } from "./schema.js";

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {import("./schema.js").Schema} Schema */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/** @typedef {{ name: string, row: HTMLElement, control: Control, kind: string, required: boolean }} Field */

/**
 * @param {string} name
 * @param {Schema | undefined} unresolved
 * @param {boolean} required
 * @param {ApiDocument} api
 * @param {{ prefix: string, value?: unknown }} options
 * @returns {Field}
 */
export function field(name, unresolved, required, api, options) {
  const schema = whole(unresolved, api);
  const id = `${options.prefix}-${name}`;
  const kind = schema.enum ? "enum" : types(schema).find((type) => type !== "null") ?? "json";
  const control = made(name, kind, schema, api, options.value);
  control.id = id;
  control.name = name;
  control.required = required;
  control.setAttribute("aria-describedby", `${id}-hint`);
  // What may be left out is left out until somebody types it; its example is only a hint.
  const value = required ? options.value ?? given(schema) : schema.default;
  if (value !== undefined) write(control, value);
  const row = h("div", { class: "field" },
    h("label", { for: id }, name, required && " ", required && h("span", { class: "required" }, "required")),
    control,
    h("p", { class: "quiet hint", id: `${id}-hint` },
      schema.description ?? [typeName(unresolved, api), ...limits({ ...schema, pattern: undefined })].join(" · ")));
  return { name, row, control, kind, required };
}

/**
 * @param {string} name
 * @param {string} kind
 * @param {Schema} schema
 * @param {ApiDocument} api
 * @param {unknown} value an example
 * @returns {Control}
 */
function made(name, kind, schema, api, value) {
  if (kind === "enum" || kind === "boolean") {
    const values = kind === "enum" ? schema.enum ?? [] : [true, false];
    return h("select", {}, h("option", { value: "" }, "not sent"),
      ...values.map((value) => h("option", { value: JSON.stringify(value) }, String(value))));
  }
  if (kind === "object" || kind === "array" || kind === "json") {
    return h("textarea", {
      rows: 4, spellcheck: "false", placeholder: JSON.stringify(example(schema, api)),
    });
  }
  const isSecret = schema.format === "password" || /password$/i.test(name);
  return h("input", {
    type: isSecret ? "password" : "text", autocomplete: isSecret ? "new-password" : "off",
    inputmode: kind === "integer" || kind === "number" ? "decimal" : null, spellcheck: "false",
    placeholder: isSecret ? null : hint(value ?? example(schema, api)),
  });
}

/** @param {unknown} value an example, or the dots that stand for one */
function hint(value) {
  return value === null || value === "…" ? null : String(value);
}

/**
 * @param {Control} control
 * @param {unknown} value
 */
export function write(control, value) {
  const isText = typeof value === "string" && !(control instanceof HTMLSelectElement);
  control.value = value === undefined ? "" : isText ? value : JSON.stringify(value);
}

/**
 * What was typed, as a JSON value; undefined when nothing was. Numbers and objects that are none
 * are sent as they stand: the server says what is wrong with them.
 * @param {Field} field
 * @returns {unknown}
 */
export function read(field) {
  const text = field.control.value;
  if (text === "") return undefined;
  if (field.kind === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * @param {Field[]} fields
 * @returns {Record<string, unknown>}
 */
export function readAll(fields) {
  return Object.fromEntries(fields.map((one) => [one.name, read(one)]).filter(([, value]) => value !== undefined));
}
