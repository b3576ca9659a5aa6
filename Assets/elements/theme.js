// `<a-theme>`: a button that goes through system, light and dark, and keeps the choice.

const themes = ["system", "light", "dark"];

class Theme extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.addEventListener("click", () => this.change());
    this.replaceChildren(button);
    this.show();
  }

  get chosen() {
    return document.documentElement.dataset.theme ?? "system";
  }

  change() {
    const next = themes[(themes.indexOf(this.chosen) + 1) % themes.length] ?? "system";
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      if (next === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
    this.show();
  }

  show() {
    const name = this.chosen.charAt(0).toUpperCase() + this.chosen.slice(1);
    const button = this.querySelector("button");
    if (button) {
      const word = document.createElement("span");
      word.className = "word";
      word.textContent = "Theme: ";
      button.replaceChildren(word, name);
      button.setAttribute("aria-label", `Theme: ${name}. Change it`);
    }
  }
}

customElements.define("a-theme", Theme);
