// `<a-toast>`: says something for a moment, to eyes and to screen readers, and may offer to undo it.

/** @typedef {{ text: string, act: () => void }} Action */

class Toast extends HTMLElement {
  /** @type {number | undefined} */
  timer = undefined;

  connectedCallback() {
    this.setAttribute("role", "status");
  }

  /**
   * @param {string} text
   * @param {Action} [action] is offered for longer than a text is shown
   */
  say(text, action) {
    window.clearTimeout(this.timer);
    this.replaceChildren(text);
    if (action) this.append(this.button(action));
    this.timer = window.setTimeout(() => this.replaceChildren(), action ? 10_000 : 4000);
  }

  /** @param {Action} action */
  button(action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = action.text;
    button.addEventListener("click", () => {
      this.replaceChildren();
      action.act();
    });
    return button;
  }
}

customElements.define("a-toast", Toast);

/**
 * Says `text` in the page's toast.
 * @param {string} text
 * @param {Action} [action]
 */
export function say(text, action) {
  const toast = document.querySelector("a-toast");
  if (toast instanceof Toast) toast.say(text, action);
}
