// The tokens that requests are tried with: kept for this tab only, and sent nowhere else.

import { button, byID, h } from "./dom.js";
import { inline } from "./markdown.js";
import { say } from "../elements/toast.js";

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {import("./document.js").Scheme} Scheme */

export class Credentials extends EventTarget {
  /** @type {Map<string, string>} */
  tokens = new Map();

  /** @param {ApiDocument} api */
  constructor(api) {
    super();
    /** Cookies are the browser's own business; all other schemes are a text that is sent. */
    this.schemes = Object.entries(api.schemes).filter(([, scheme]) => scheme.in !== "cookie");
    for (const [name] of this.schemes) {
      const kept = stored(() => sessionStorage.getItem(`token:${name}`));
      if (kept) this.tokens.set(name, kept);
    }
  }

  /**
   * @param {string} name of a scheme
   * @param {string} token empty forgets it
   */
  keep(name, token) {
    if (token) this.tokens.set(name, token);
    else this.tokens.delete(name);
    stored(() => token
      ? sessionStorage.setItem(`token:${name}`, token)
      : sessionStorage.removeItem(`token:${name}`));
    this.dispatchEvent(new Event("change"));
  }

  /** Keeps the tokens of an answer, each under the scheme that asks for its kind.
   * @param {{ access: string, refresh?: string }} tokens */
  take(tokens) {
    const access = this.schemes.find(([, scheme]) => scheme.bearerFormat === "JWT");
    const refresh = this.schemes.find(([name]) => /refresh/i.test(name));
    if (access) this.keep(access[0], tokens.access);
    if (refresh && tokens.refresh) this.keep(refresh[0], tokens.refresh);
  }

  /**
   * The header field that a scheme wants, when there is a token for it.
   * @param {string} name
   * @returns {[string, string] | undefined}
   */
  field(name) {
    const token = this.tokens.get(name);
    const scheme = this.schemes.find(([one]) => one === name)?.[1];
    if (!token || !scheme) return undefined;
    return scheme.type === "apiKey"
      ? [scheme.name ?? "Authorization", token] : ["Authorization", `Bearer ${token}`];
  }
}

/**
 * @template Value
 * @param {() => Value} use
 * @returns {Value | undefined}
 */
function stored(use) {
  try {
    return use();
  } catch {
    // Storage is off: tokens last as long as the page.
    return undefined;
  }
}

/**
 * Lets the button in the bar show whether there is a token, and open the dialog.
 * @param {Credentials} credentials
 */
export function showCredentials(credentials) {
  const opener = byID("token", HTMLButtonElement);
  const dialog = byID("credentials", HTMLDialogElement);
  const update = () => {
    opener.textContent = `Token: ${credentials.tokens.size > 0 ? "set" : "none"}`;
  };
  credentials.addEventListener("change", update);
  opener.addEventListener("click", () => {
    dialog.replaceChildren(form(credentials, dialog));
    dialog.showModal();
  });
  update();
}

/**
 * @param {Credentials} credentials
 * @param {HTMLDialogElement} dialog
 */
function form(credentials, dialog) {
  const fields = credentials.schemes.map(([name, scheme]) => {
    const input = h("input", {
      id: `scheme-${name}`, value: credentials.tokens.get(name) ?? "", autocomplete: "off",
      spellcheck: "false", "aria-describedby": `scheme-${name}-hint`,
    });
    const hint = h("p", { class: "quiet hint", id: `scheme-${name}-hint` }, ...inline(scheme.description ?? ""));
    const label = h("label", { for: input.id }, title(name, scheme));
    return { name, input, row: h("div", { class: "field" }, label, input, hint) };
  });
  const made = h("form", { class: "stack", method: "dialog" },
    h("h2", { id: "credentials-title" }, "Tokens for trying requests"),
    h("p", { class: "quiet" },
      "Kept in this tab until you close it, and sent to this server only. A session needs no token: ",
      "sign in through Compat, and the browser sends its cookie by itself."),
    ...fields.map((field) => field.row),
    h("div", { class: "row" },
      h("button", { class: "primary" }, "Keep"),
      button("Forget all", () => {
        for (const field of fields) field.input.value = "";
        made.requestSubmit();
      }),
      button("Cancel", () => dialog.close())));
  made.addEventListener("submit", () => {
    for (const field of fields) credentials.keep(field.name, field.input.value.trim());
    say(credentials.tokens.size > 0 ? "Token kept for this tab" : "No token is kept");
  });
  return made;
}

/**
 * A scheme in words: `metricsToken` is "Metrics token".
 * @param {string} name
 * @param {Scheme | undefined} scheme
 */
export function title(name, scheme) {
  if (scheme?.bearerFormat === "JWT") return "Access token";
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  const text = scheme?.in === "cookie" && !words.includes("cookie") ? `${words} cookie` : words;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
