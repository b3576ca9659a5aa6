// Everything that can be done with the keyboard, by name or by key.

/**
 * @typedef {object} Command
 * @property {string} title
 * @property {string} [keys] `Control+Enter`, or a single letter, which works outside of fields
 * @property {() => boolean} [when] the keys do something
 * @property {boolean} [isOnce] a key that is held does it once
 * @property {boolean} [isUnlisted] its keys stand elsewhere on the page
 * @property {() => void} run
 */

const storage = "atrium.letters";

export class Commands {
  /** Whether single letters do something: not everybody means what is typed (WCAG 2.1.4). */
  takesLetters = stored() !== "off";

  /** @param {Command[]} list */
  constructor(list) {
    this.list = list;
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** @param {boolean} isOn */
  setLetters(isOn) {
    this.takesLetters = isOn;
    try {
      if (isOn) localStorage.removeItem(storage);
      else localStorage.setItem(storage, "off");
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const command = this.list.find((one) => one.keys && matches(one.keys, event) && (one.when?.() ?? true));
    if (!command?.keys) return;
    const needsModifier = isField(event.target) || !this.takesLetters;
    if (needsModifier && !command.keys.startsWith("Control+") && command.keys !== "Escape") return;
    event.preventDefault();
    if (!event.repeat || !command.isOnce) command.run();
  }
}

/**
 * Control is the command key on a Mac.
 * @param {string} keys
 * @param {KeyboardEvent} event
 */
function matches(keys, event) {
  const parts = keys.split("+");
  const key = keys.endsWith("++") || keys === "+" ? "+" : parts[parts.length - 1] ?? "";
  const wantsControl = keys.startsWith("Control+");
  if (wantsControl !== (event.ctrlKey || event.metaKey) || event.altKey) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** @param {EventTarget | null} target */
function isField(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}

function stored() {
  try {
    return localStorage.getItem(storage);
  } catch {
    return null;
  }
}
