// Asks before what cannot be undone.

import { byID, button, h } from "../docs/dom.js";

/**
 * @param {string} title
 * @param {string} text
 * @param {string} act what the button says that does it
 * @param {string} keep what the other one says
 * @returns {Promise<boolean>}
 */
export function confirmed(title, text, act, keep) {
  const dialog = byID("confirm", HTMLDialogElement);
  dialog.returnValue = "";
  dialog.replaceChildren(h("form", { method: "dialog", class: "stack" },
    h("h2", { id: "confirm-title" }, title), h("p", {}, text),
    h("div", { class: "row" },
      h("button", { value: "yes", class: "danger" }, act),
      button(keep, () => dialog.close(), { autofocus: true }))));
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
