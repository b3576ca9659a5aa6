// Finds a command by some letters of its name, and shows which keys it has.

import { byID, h } from "../docs/dom.js";

/** @typedef {import("./commands.js").Command} Command */
/** @typedef {import("./commands.js").Commands} Commands */

export class Palette {
  #dialog = byID("palette", HTMLDialogElement);
  #input = h("input", {
    type: "text", role: "combobox", id: "command", "aria-label": "Command", placeholder: "What is to be done?",
    "aria-expanded": "true", "aria-controls": "command-list", "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false",
  });
  #list = h("ul", { role: "listbox", id: "command-list", "aria-label": "Commands" });
  #letters = h("input", { type: "checkbox", id: "letters" });
  /** @type {Command[]} */
  #found = [];
  #active = 0;

  /** @param {Commands} commands */
  constructor(commands) {
    this.commands = commands;
    this.#dialog.append(
      h("div", { class: "field" }, this.#input), this.#list,
      h("p", { class: "row quiet" }, this.#letters, h("label", { for: "letters" }, "Single letters are shortcuts")));
    this.#input.addEventListener("input", () => this.#search());
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#letters.addEventListener("change", () => commands.setLetters(this.#letters.checked));
    this.#dialog.addEventListener("click", (event) => {
      // Beside the dialog is its backdrop.
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  open() {
    this.#input.value = "";
    this.#letters.checked = this.commands.takesLetters;
    this.#search();
    this.#dialog.showModal();
    this.#input.focus();
  }

  #search() {
    const letters = this.#input.value.trim().toLowerCase().split(/\s+/);
    this.#found = this.commands.list.filter(({ title, isUnlisted }) =>
      !isUnlisted && letters.every((part) => title.toLowerCase().includes(part)));
    this.#active = 0;
    this.#show();
  }

  #show() {
    this.#list.replaceChildren(...this.#found.map((command, index) => {
      const option = h("li", { role: "option", id: `command-${index}`, "aria-selected": String(index === this.#active) },
        h("span", {}, command.title), command.keys && h("kbd", {}, written(command.keys)));
      option.addEventListener("click", () => this.#run(command));
      return option;
    }));
    if (this.#found.length === 0) {
      this.#list.append(h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "quiet" }, "Nothing is called so."));
    }
    const active = this.#list.children[this.#active];
    this.#input.setAttribute("aria-activedescendant", this.#found.length > 0 ? `command-${this.#active}` : "");
    active?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const count = this.#found.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (count > 0) this.#active = (this.#active + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.#show();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const command = this.#found[this.#active];
      if (command) this.#run(command);
    }
  }

  /** @param {Command} command */
  #run(command) {
    this.#dialog.close();
    command.run();
  }
}

/** @param {string} keys */
function written(keys) {
  const isMac = navigator.platform.startsWith("Mac");
  return keys.replace("Control+", isMac ? "⌘" : "Ctrl ").replace("Escape", "Esc")
    .replace("ArrowLeft", "←").replace("ArrowRight", "→").replace("Delete", "Del").replace(/\b[a-z]$/, (key) => key.toUpperCase());
}
