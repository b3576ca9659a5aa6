// Makes elements. Text is always text: nothing of the document or of an answer becomes markup.

/** @typedef {Node | string | false | null | undefined} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/**
 * An element with attributes and children. `true` is an attribute without a value; `false`, null and
 * undefined are none.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...present(children));
  return element;
}

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
function present(children) {
  /** @type {(Node | string)[]} */
  const found = [];
  for (const child of children) if (child) found.push(child);
  return found;
}

/**
 * A button that does something.
 * @param {string} text
 * @param {() => void} act
 * @param {Attributes} [attributes]
 */
export function button(text, act, attributes = {}) {
  const made = h("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/**
 * An element of the page by its id.
 * @template {HTMLElement} Type
 * @param {string} id
 * @param {new () => Type} type
 * @returns {Type}
 */
export function byID(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} named ${id}`);
}

/**
 * A block of text with a button that copies it. A custom element is not in TypeScript's list.
 * @param {string} id
 * @param {string} label the heading above it
 * @param {Node | string} content
 * @param {string} [what] is copied, where the label does not say it
 */
export function snippet(id, label, content, what = label) {
  const copy = document.createElement("a-copy");
  copy.setAttribute("for", id);
  copy.setAttribute("label", what);
  return h("div", { class: "snippet" },
    h("div", { class: "row" }, h("h3", { id: `${id}-title` }, label), copy),
    h("pre", { tabindex: 0, role: "region", "aria-labelledby": `${id}-title` },
      h("code", { id }, content)));
}
