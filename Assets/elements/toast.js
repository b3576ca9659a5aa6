// `<a-toast>`: says something for a moment, to eyes and to screen readers.

class Toast extends HTMLElement {
  /** @type {number | undefined} */
  timer = undefined;

  connectedCallback() {
    this.setAttribute("role", "status");
  }

  /** @param {string} text */
  say(text) {
    window.clearTimeout(this.timer);
    this.textContent = text;
    this.timer = window.setTimeout(() => this.replaceChildren(), 4000);
  }
}

customElements.define("a-toast", Toast);

/**
 * Says `text` in the page's toast.
 * @param {string} text
 */
export function say(text) {
  const toast = document.querySelector("a-toast");
  if (toast instanceof Toast) toast.say(text);
}
