// JSON schemas in words: a row for each field, with its type and its limits.

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {{ $ref?: string, type?: string | string[], format?: string, properties?: Record<string, Schema>, required?: string[], items?: Schema, enum?: unknown[], const?: unknown, default?: unknown, example?: unknown, examples?: unknown[], description?: string, title?: string, oneOf?: Schema[], anyOf?: Schema[], allOf?: Schema[], additionalProperties?: boolean | Schema, minLength?: number, maxLength?: number, minimum?: number, maximum?: number, exclusiveMinimum?: number, exclusiveMaximum?: number, minItems?: number, maxItems?: number, pattern?: string, readOnly?: boolean, writeOnly?: boolean, deprecated?: boolean }} Schema */
/** @typedef {{ name: string, depth: number, required: boolean, type: string, limits: string[], description: string }} Row */

/** Deeper than this a field is named and not opened. */
const deepest = 4;

/**
 * A schema with its reference followed and its `allOf` put together.
 * @param {Schema | undefined} schema
 * @param {ApiDocument} api
 * @returns {Schema}
 */
export function whole(schema, api) {
  const found = api.resolve(schema ?? {});
  if (!found.allOf) return found;
  const parts = found.allOf.map((part) => whole(part, api));
  return {
    ...Object.assign({}, ...parts), ...found, allOf: undefined,
    properties: Object.assign({}, ...parts.map((part) => part.properties), found.properties),
    required: [...parts.flatMap((part) => part.required ?? []), ...(found.required ?? [])],
  };
}

/** @param {Schema} schema */
export function types(schema) {
  if (Array.isArray(schema.type)) return schema.type;
  if (schema.type) return [schema.type];
  return schema.properties ? ["object"] : [];
}

/**
 * @param {Schema | undefined} given
 * @param {ApiDocument} api
 * @returns {string} such as `string (email)`, `list of User`
 */
export function typeName(given, api, depth = 0) {
  const schema = whole(given, api);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices && depth < deepest) {
    return [...new Set(choices.map((one) => typeName(one, api, depth + 1)))].join(" or ");
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const names = types(schema).map((type) => {
    if (type === "array" && depth < deepest) return `list of ${typeName(schema.items, api, depth + 1)}`;
    if (type === "object" && given?.$ref) return given.$ref.split("/").pop() ?? type;
    return type === "string" && schema.format ? `string (${schema.format})` : type;
  });
  return names.join(" or ") || "anything";
}

/**
 * @param {Schema} schema
 * @returns {string[]}
 */
export function limits(schema) {
  const found = [
    range(schema.minLength, schema.maxLength, "characters"),
    range(schema.minimum, schema.maximum, ""),
    range(schema.minItems, schema.maxItems, "items"),
    schema.exclusiveMinimum !== undefined && `more than ${schema.exclusiveMinimum}`,
    schema.exclusiveMaximum !== undefined && `less than ${schema.exclusiveMaximum}`,
    // A person reads the format or the description; the pattern is for programs.
    schema.pattern && !schema.format && !schema.description && `matches ${schema.pattern}`,
    schema.enum && `one of ${schema.enum.map((one) => JSON.stringify(one)).join(", ")}`,
    schema.default !== undefined && `default ${JSON.stringify(schema.default)}`,
    schema.deprecated && "deprecated",
  ];
  /** @type {string[]} */
  const texts = [];
  for (const one of found) if (one) texts.push(one);
  return texts;
}

/**
 * @param {number | undefined} low
 * @param {number | undefined} high
 * @param {string} unit
 */
function range(low, high, unit) {
  if (low === undefined && high === undefined) return "";
  if (low === undefined) return `at most ${high} ${unit}`.trim();
  if (high === undefined) return `at least ${low} ${unit}`.trim();
  return `${low}–${high} ${unit}`.trim();
}

/**
 * A row for each property, those of objects inside below it.
 * @param {Schema | undefined} given
 * @param {ApiDocument} api
 * @returns {Row[]}
 */
export function rows(given, api, depth = 0, seen = /** @type {string[]} */ ([])) {
  const schema = inner(given, api);
  const trail = given?.$ref ? [...seen, given.$ref] : seen;
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const field = whole(property, api);
    const isOpen = depth < deepest && !trail.includes(property.$ref ?? "");
    return [
      {
        name, depth, required: schema.required?.includes(name) ?? false,
        type: typeName(property, api), limits: limits(field),
        description: field.description ?? "",
      },
      ...(isOpen ? rows(property, api, depth + 1, trail) : []),
    ];
  });
}

/**
 * The object that a field holds: itself, the items of its list, or the only choice that is one.
 * @param {Schema | undefined} given
 * @param {ApiDocument} api
 * @returns {Schema}
 */
function inner(given, api) {
  const schema = whole(given, api);
  if (schema.properties) return schema;
  if (schema.items) return whole(schema.items, api);
  const objects = (schema.oneOf ?? schema.anyOf ?? [])
    .map((one) => whole(one, api)).filter((one) => one.properties);
  return objects.length === 1 ? objects[0] ?? schema : schema;
}
