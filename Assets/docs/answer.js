// What came back: status, time, fields, body, and a token that can be used from here on.

import { button, h, snippet } from "./dom.js";
import { json } from "./json.js";
import { say } from "../elements/toast.js";

/** @typedef {import("./request.js").Answered} Answered */
/** @typedef {import("./credentials.js").Credentials} Credentials */

/**
 * @param {Answered} answered
 * @param {Credentials} credentials
 * @returns {HTMLElement[]}
 */
export function answerView(answered, credentials) {
  const value = parsed(answered.text);
  const tokens = found(value);
  const parts = [
    tokens && button("Use this access token", () => {
      credentials.take(tokens);
      say("The token is sent from now on, where one is needed");
    }, { class: "primary" }),
    answered.text !== "" && snippet("answer", "Answer", value === undefined ? answered.text : json(value), "the answer"),
    h("details", {},
      h("summary", {}, `${answered.headers.length} header fields`),
      h("dl", { class: "headers" }, ...answered.headers.flatMap(([name, text]) =>
        [h("dt", {}, name), h("dd", {}, text)]))),
  ];
  /** @type {HTMLElement[]} */
  const shown = [];
  for (const part of parts) if (part) shown.push(part);
  return shown;
}

/** @param {Answered} answered */
export function statusLine(answered) {
  // A redirect that is not followed shows no status to a page.
  if (answered.status === 0) return h("span", {}, "A redirect, which is not followed here");
  return h("span", {},
    h("span", { class: `status kind-${String(answered.status).charAt(0)}` }, String(answered.status)),
    ` ${answered.reason} `,
    h("span", { class: "quiet" }, `in ${answered.milliseconds} ms`));
}

/** @param {string} text */
function parsed(text) {
  try {
    return /** @type {unknown} */ (JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The tokens of an answer of V1 or Tokens.
 * @param {any} value
 * @returns {{ access: string, refresh?: string } | undefined}
 */
function found(value) {
  const holder = value?.tokens ?? value;
  if (typeof holder?.accessToken !== "string") return undefined;
  return { access: holder.accessToken, refresh: holder.refreshToken };
}
