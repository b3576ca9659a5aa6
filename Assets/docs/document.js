// The OpenAPI document as the page uses it: operations by surface, with references followed.

/** @typedef {import("./schema.js").Schema} Schema */
/** @typedef {{ name: string, in: string, required?: boolean, description?: string, schema?: Schema, example?: unknown, examples?: Record<string, { value?: unknown }>, $ref?: string }} Parameter */
/** @typedef {{ schema?: Schema, example?: unknown, examples?: Record<string, { summary?: string, value?: unknown, $ref?: string }> }} Media */
/** @typedef {{ description?: string, required?: boolean, content?: Record<string, Media>, $ref?: string }} Body */
/** @typedef {{ description?: string, content?: Record<string, Media>, headers?: Record<string, { description?: string, schema?: Schema, $ref?: string }>, $ref?: string }} Answer */
/** @typedef {{ type: string, scheme?: string, bearerFormat?: string, in?: string, name?: string, description?: string }} Scheme */
/** @typedef {{ operationId?: string, summary?: string, description?: string, tags?: string[], parameters?: Parameter[], requestBody?: Body, responses?: Record<string, Answer>, security?: Record<string, string[]>[], deprecated?: boolean }} RawOperation */
/** @typedef {{ openapi: string, info: { title: string, version: string, description?: string }, servers?: { url: string }[], tags?: { name: string, description?: string }[], security?: Record<string, string[]>[], paths?: Record<string, Record<string, unknown>>, components?: { securitySchemes?: Record<string, Scheme> } }} RawDocument */

/**
 * @typedef {object} Operation
 * @property {string} id
 * @property {string} method in upper case
 * @property {string} path
 * @property {string} summary
 * @property {string} description
 * @property {string} tag
 * @property {boolean} deprecated
 * @property {Parameter[]} parameters
 * @property {Body | undefined} body
 * @property {{ status: string, answer: Answer }[]} answers
 * @property {string[][]} security alternatives, each the names of schemes that it needs together
 * @property {string} words what a search looks at, in lower case
 */

/** @typedef {{ name: string, title: string, description: string, operations: Operation[] }} Group */

const methods = ["get", "post", "put", "patch", "delete", "head", "options"];

export class ApiDocument {
  /** @param {RawDocument} raw */
  constructor(raw) {
    this.raw = raw;
    this.info = raw.info;
    this.schemes = raw.components?.securitySchemes ?? {};
    /** @type {Operation[]} */
    this.operations = Object.entries(raw.paths ?? {}).flatMap(([path, item]) =>
      methods.filter((method) => method in item).map((method) =>
        this.operation(path, method, item)));
    this.groups = this.grouped();
  }

  /** @param {string} id */
  find(id) {
    return this.operations.find((operation) => operation.id === id);
  }

  /**
   * What an object that may be a reference stands for.
   * @template {{ $ref?: string }} Value
   * @param {Value} value
   * @returns {Value}
   */
  resolve(value) {
    /** @type {any} */
    let found = value;
    for (let hops = 0; hops < 8 && typeof found?.$ref === "string"; hops += 1) {
      const { $ref, ...beside } = found;
      const target = this.pointed($ref);
      if (!target) return found;
      found = { ...target, ...beside };
    }
    return found;
  }

  /**
   * @param {string} reference such as `#/components/schemas/User`
   * @returns {any}
   */
  pointed(reference) {
    if (!reference.startsWith("#/")) return undefined;
    /** @type {any} */
    let found = this.raw;
    for (const part of reference.slice(2).split("/")) {
      found = found?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")];
    }
    return found;
  }

  /**
   * @param {string} path
   * @param {string} method
   * @param {Record<string, unknown>} item
   * @returns {Operation}
   */
  operation(path, method, item) {
    const raw = /** @type {RawOperation} */ (item[method]);
    const shared = /** @type {Parameter[]} */ (item.parameters ?? []);
    const answers = Object.entries(raw.responses ?? {}).map(([status, answer]) =>
      ({ status, answer: this.resolve(answer) }));
    const summary = (raw.summary ?? `${method.toUpperCase()} ${path}`).replace(/\.$/, "");
    return {
      id: raw.operationId ?? `${method}-${path}`,
      method: method.toUpperCase(), path, summary,
      description: raw.description ?? "",
      tag: raw.tags?.[0] ?? "other",
      deprecated: raw.deprecated ?? false,
      parameters: [...shared, ...(raw.parameters ?? [])].map((one) => this.resolve(one)),
      body: raw.requestBody && this.resolve(raw.requestBody),
      answers,
      security: (raw.security ?? this.raw.security ?? []).map((one) => Object.keys(one)),
      words: [raw.operationId, method, path, summary, ...codes(answers)].join(" ").toLowerCase(),
    };
  }

  /** @returns {Group[]} */
  grouped() {
    const tags = this.raw.tags ?? [];
    const names = new Set([...tags.map((tag) => tag.name), ...this.operations.map((one) => one.tag)]);
    return [...names].map((name) => ({
      name,
      title: name.charAt(0).toUpperCase() + name.slice(1),
      description: tags.find((tag) => tag.name === name)?.description ?? "",
      operations: this.operations.filter((operation) => operation.tag === name),
    })).filter((group) => group.operations.length > 0);
  }
}

/**
 * The codes that answers show: names of examples, and words in SCREAMING_SNAKE in descriptions.
 * @param {{ status: string, answer: Answer }[]} answers
 */
function codes(answers) {
  return answers.flatMap(({ status, answer }) => [
    status,
    ...Object.values(answer.content ?? {}).flatMap((media) => Object.keys(media.examples ?? {})),
    ...(answer.description?.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []),
  ]);
}
