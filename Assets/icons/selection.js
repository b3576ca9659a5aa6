// What is on the stage, and who is told when that changes.

/** @typedef {import("./api.js").Icon} Icon */
/** @typedef {import("./api.js").Variant} Variant */

/** Fires `shown` when another icon or variant is on the stage, `chosen` when somebody chose a variant, and
 * `added` and `updated` with the icon. */
export class Selection extends EventTarget {
  /** @type {Icon | undefined} */
  icon;
  #index = 0;

  /** @returns {Variant | undefined} */
  get variant() {
    return this.icon?.variants[this.#index];
  }

  get index() {
    return this.#index;
  }

  /**
   * Puts an icon on the stage, with the variant that was chosen last.
   * @param {Icon | undefined} icon
   */
  show(icon) {
    this.icon = icon;
    this.#index = Math.max(0, icon?.variants.findIndex((one) => one.id === icon.chosen) ?? 0);
    this.dispatchEvent(new Event("shown"));
  }

  /** @param {number} index of a variant; those outside are the next ones from the other end */
  choose(index) {
    const count = this.icon?.variants.length ?? 0;
    if (count === 0) return;
    this.#index = (index + count) % count;
    this.dispatchEvent(new Event("shown"));
    this.dispatchEvent(new Event("chosen"));
  }

  /**
   * The icon as the server has it now, without a change of what is shown.
   * @param {Icon} icon
   */
  update(icon) {
    if (this.icon?.id === icon.id) this.icon = icon;
    this.dispatchEvent(new CustomEvent("updated", { detail: icon }));
  }

  /** @param {Icon} icon that was made just now, or has come back */
  add(icon) {
    this.dispatchEvent(new CustomEvent("added", { detail: icon }));
    this.show(icon);
  }
}

/**
 * @param {Event} event of a selection
 * @returns {Icon}
 */
export function iconOf(event) {
  return /** @type {CustomEvent<Icon>} */ (event).detail;
}
