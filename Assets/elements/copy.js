// `<a-copy for="id" label="the request">`: a button that copies the text of an element.

import { say } from "./toast.js";

class Copy extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${this.getAttribute("label") ?? "the text"}`);
    button.addEventListener("click", () => void this.copy());
    this.replaceChildren(button);
  }

  async copy() {
    const source = document.getElementById(this.getAttribute("for") ?? "");
    if (!source) return;
    try {
      await navigator.clipboard.writeText(source.textContent ?? "");
      say("Copied");
    } catch {
      // No clipboard without HTTPS: the text is selected, and the keyboard copies it.
      window.getSelection()?.selectAllChildren(source);
      say("Selected: copy it with your keyboard");
    }
  }
}

customElements.define("a-copy", Copy);
