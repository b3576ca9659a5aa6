// The list of operations at the side, and its search.

import { byID, h } from "./dom.js";
import { search } from "./search.js";

/** @typedef {import("./document.js").ApiDocument} ApiDocument */
/** @typedef {import("./document.js").Group} Group */

/** @param {ApiDocument} api */
export function showNavigation(api) {
  const field = byID("search", HTMLInputElement);
  const update = () => list(search(api.groups, field.value), field.value);
  field.addEventListener("input", update);
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = byID("groups", HTMLElement).querySelector("li a");
    if (first instanceof HTMLElement) first.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    event.preventDefault();
    openMenu(true);
    field.focus();
    field.select();
  });
  const menu = byID("menu", HTMLButtonElement);
  menu.addEventListener("click", () => openMenu(menu.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
    openMenu(false);
    menu.focus();
  });
  update();
}

/**
 * On narrow screens the list is behind a button.
 * @param {boolean} isOpen
 */
export function openMenu(isOpen) {
  byID("menu", HTMLButtonElement).setAttribute("aria-expanded", String(isOpen));
  byID("navigation", HTMLElement).classList.toggle("open", isOpen);
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    || target instanceof HTMLSelectElement;
}

/**
 * @param {Group[]} groups
 * @param {string} query
 */
function list(groups, query) {
  const count = groups.reduce((sum, group) => sum + group.operations.length, 0);
  byID("count", HTMLElement).textContent = count === 0
    ? `Nothing matches “${query}”.` : `${count} operation${count === 1 ? "" : "s"}`;
  const sections = groups.map((group) => h("section", { "aria-labelledby": `group-${group.name}` },
    h("h2", { id: `group-${group.name}` },
      h("a", { href: `#surface/${group.name}` }, group.title)),
    h("ul", {}, ...group.operations.map((operation) => h("li", {},
      h("a", { href: `#${operation.id}`, "data-id": operation.id },
        operation.summary,
        h("span", { class: "quiet" }, `${operation.method} ${operation.path}`)))))));
  byID("groups", HTMLElement).replaceChildren(...sections);
  markCurrent();
}

/** Says which operation is shown. */
export function markCurrent() {
  const current = decodeURIComponent(location.hash);
  for (const link of byID("groups", HTMLElement).querySelectorAll("a")) {
    if (link.getAttribute("href") === current) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest" });
    } else {
      link.removeAttribute("aria-current");
    }
  }
}
