// An example of what a schema allows, where the document gives none.

import { types, whole } from "./schema.js";

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {import("./schema.js").Schema} Schema */

/** @type {Record<string, string>} */
const formats = {
  email: "ada@example.com", uuid: "018f3c1e-7d2a-7b44-9c1d-2f6f0e9a1b23",
  "date-time": "2026-01-31T12:00:00Z", date: "2026-01-31", uri: "https://example.com",
  url: "https://example.com", password: "Analytical1",
};

/**
 * What the document itself gives as an example; undefined when it gives none.
 * @param {Schema} schema
 * @returns {unknown}
 */
export function given(schema) {
  return schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default;
}

/**
 * @param {Schema | undefined} unresolved
 * @param {ApiDocument} api
 * @returns {unknown}
 */
export function example(unresolved, api, depth = 0) {
  const schema = whole(unresolved, api);
  const own = given(schema);
  if (own !== undefined) return own;
  if (schema.enum) return schema.enum[0];
  const choice = (schema.oneOf ?? schema.anyOf)?.[0];
  if (choice) return depth > 5 ? null : example(choice, api, depth + 1);
  switch (types(schema)[0]) {
    case "object": return object(schema, api, depth);
    case "array": return depth > 5 ? [] : [example(schema.items, api, depth + 1)];
    case "integer": case "number": return schema.minimum ?? 1;
    case "boolean": return true;
    case "string": return formats[schema.format ?? ""] ?? "…";
    default: return null;
  }
}

/**
 * @param {Schema} schema
 * @param {ApiDocument} api
 * @param {number} depth
 */
function object(schema, api, depth) {
  if (depth > 5) return {};
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) =>
    [name, example(property, api, depth + 1)]));
}

/**
 * The examples of a kind of content, by name: its own, or one that is made up.
 * @param {import("./document.js").Media} media
 * @param {ApiDocument} api
 * @returns {{ name: string, value: unknown }[]}
 */
export function examples(media, api) {
  if (media.example !== undefined) return [{ name: "Example", value: media.example }];
  const named = Object.entries(media.examples ?? {}).map(([name, one]) =>
    ({ name, value: api.resolve(one).value }));
  if (named.length > 0) return named;
  return media.schema ? [{ name: "Example", value: example(media.schema, api) }] : [];
}
