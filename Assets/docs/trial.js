// The form that tries an operation: fields or JSON, credentials, the same as curl, the answer.

import { answerView, statusLine } from "./answer.js";
import { title } from "./credentials.js";
import { h, snippet } from "./dom.js";
import { example, examples } from "./example.js";
import { field, read, readAll, write } from "./inputs.js";
import { address, curl, jar, send } from "./request.js";
import { types, whole } from "./schema.js";

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {import("./document.js").Operation} Operation */
/** @typedef {import("./credentials.js").Credentials} Credentials */
/** @typedef {import("./inputs.js").Field} Field */

/**
 * @param {Operation} operation
 * @param {ApiDocument} api
 * @param {Credentials} credentials
 */
export function trial(operation, api, credentials) {
  return new Trial(operation, api, credentials).element;
}

class Trial {
  /**
   * @param {Operation} operation
   * @param {ApiDocument} api
   * @param {Credentials} credentials
   */
  constructor(operation, api, credentials) {
    this.operation = operation;
    this.credentials = credentials;
    const [type, media] = Object.entries(operation.body?.content ?? {})[0] ?? [];
    this.type = type;
    this.jar = jar(operation, api);
    this.parameters = operation.parameters.filter((one) => one.in === "path" || one.in === "query").map((one) =>
      ({ place: one.in, field: field(one.name, one.schema, one.required ?? false, api, { prefix: "in", value: one.example }) }));
    this.body = media ? bodyFields(media, api) : [];
    this.text = h("textarea", { id: "body-json", rows: 10, spellcheck: "false" });
    this.usesText = media !== undefined && this.body.length === 0;
    if (this.usesText) this.text.value = JSON.stringify(example(media?.schema, api), null, 2);
    this.way = h("select", { id: "way" });
    this.status = h("p", { role: "status", class: "outcome" });
    this.answer = h("div", { class: "stack" });
    this.button = h("button", { class: "primary" }, "Send");
    this.curl = snippet("curl", "With curl", "", "the curl command");
    this.form = h("form", { class: "stack" }, ...this.parts());
    this.form.noValidate = true;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    this.form.addEventListener("input", () => this.update());
    this.element = h("section", { class: "trial stack", "aria-labelledby": "trial-title" },
      h("h2", { id: "trial-title" }, "Try it"), this.form, this.status, this.answer,
      this.curl);
    this.offerWays();
    credentials.addEventListener("change", () => this.offerWays());
  }

  parts() {
    const bodyParts = this.usesText
      ? [h("label", { for: "body-json" }, "Body"), this.text] : [this.switch(), this.bodyBox()];
    return [
      ...this.parameters.map((one) => one.field.row),
      ...(this.type ? bodyParts : []),
      h("div", { class: "field" }, h("label", { for: "way" }, "Send with"), this.way),
      h("div", { class: "row" }, this.button, h("span", { class: "quiet" }, "to this server")),
    ];
  }

  /** Fields or JSON: what was typed goes along. */
  switch() {
    const choice = (/** @type {string} */ name, /** @type {boolean} */ isText) => {
      const input = h("input", { type: "radio", name: "editor", id: `editor-${name}`, checked: !isText });
      input.addEventListener("change", () => this.edit(isText));
      return h("span", { class: "row" }, input, h("label", { for: input.id }, name));
    };
    return h("fieldset", { class: "row editor" },
      h("legend", { class: "hidden" }, "Edit the body as"), choice("Fields", false), choice("JSON", true));
  }

  bodyBox() {
    this.fieldBox = h("fieldset", { class: "stack" }, h("legend", { class: "hidden" }, "Body"),
      ...this.body.map((one) => one.row));
    this.textBox = h("div", { class: "field", hidden: true },
      h("label", { for: "body-json" }, "Body as JSON"), this.text);
    return h("div", {}, this.fieldBox, this.textBox);
  }

  /** @param {boolean} isText */
  edit(isText) {
    if (isText) this.text.value = JSON.stringify(readAll(this.body), null, 2);
    else this.fill();
    this.usesText = isText;
    if (this.fieldBox) this.fieldBox.hidden = isText;
    if (this.textBox) this.textBox.hidden = !isText;
    this.update();
  }

  fill() {
    try {
      const value = JSON.parse(this.text.value);
      for (const one of this.body) write(one.control, value?.[one.name]);
    } catch {
      this.status.textContent = "That was not JSON: the fields are as they were.";
    }
  }

  /** What the operation asks for comes first, if it is there. */
  offerWays() {
    const chosen = this.way.value;
    const wanted = this.operation.security.flat();
    const tokens = this.credentials.schemes.filter(([name]) => this.credentials.tokens.has(name));
    const options = [
      ...tokens.map(([name, scheme]) => h("option", { value: name }, title(name, scheme))),
      h("option", { value: "cookies" }, "This browser’s cookies"),
      h("option", { value: "nothing" }, "Nothing"),
    ];
    this.way.replaceChildren(...options);
    const asked = wanted.find((name) => this.credentials.tokens.has(name));
    const isKept = chosen !== "" && chosen !== "cookies" && options.some((one) => one.value === chosen);
    this.way.value = isKept ? chosen : asked ?? "cookies";
    this.update();
  }

  get draft() {
    const parameters = this.parameters.map((one) =>
      ({ name: one.field.name, place: one.place, value: read(one.field) }));
    /** @type {[string, string][]} */
    const headers = [];
    const own = this.credentials.field(this.way.value);
    if (own) headers.push(own);
    if (this.type) headers.push(["Content-Type", this.type]);
    return {
      method: this.operation.method, path: address(this.operation.path, parameters), headers,
      body: this.type ? this.bodyText() : undefined, cookies: this.way.value === "cookies",
      jar: this.jar,
    };
  }

  bodyText() {
    if (this.usesText) return this.text.value;
    const value = readAll(this.body);
    if (this.type !== "application/x-www-form-urlencoded") return JSON.stringify(value);
    return new URLSearchParams(Object.entries(value).map(([name, one]) => [name, String(one)])).toString();
  }

  update() {
    const code = this.curl.querySelector("code");
    if (code) code.textContent = curl(this.draft);
  }

  async send() {
    const empty = this.parameters.find((one) => one.place === "path" && read(one.field) === undefined);
    if (empty) {
      empty.field.control.focus();
      this.status.textContent = `${empty.field.name} is part of the path: it cannot be empty.`;
      return;
    }
    this.button.disabled = true;
    this.status.textContent = "Sending …";
    try {
      const answered = await send(this.draft);
      this.status.replaceChildren(statusLine(answered));
      this.answer.replaceChildren(...answerView(answered, this.credentials));
    } catch (error) {
      const reason = navigator.onLine ? String(error) : "you are offline";
      this.status.textContent = `No answer: ${reason}`;
      this.answer.replaceChildren();
    }
    this.button.disabled = false;
  }
}

/**
 * A field for each property, with what the document gives as an example of the whole.
 * @param {import("./document.js").Media} media
 * @param {ApiDocument} api
 * @returns {Field[]}
 */
function bodyFields(media, api) {
  const schema = whole(media.schema, api);
  if (!types(schema).includes("object") && !schema.properties) return [];
  const isGiven = media.example !== undefined || media.examples !== undefined;
  const value = /** @type {any} */ (isGiven ? examples(media, api)[0]?.value : undefined);
  return Object.entries(schema.properties ?? {}).map(([name, property]) =>
    field(name, property, schema.required?.includes(name) ?? false, api, { prefix: "body", value: value?.[name] }));
}
