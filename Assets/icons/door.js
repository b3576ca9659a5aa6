// Signing in and registering.

import { byID, h } from "../docs/dom.js";
import { go, providerName, providers } from "./oauth.js";
import { Problem, words } from "./problem.js";

/** @typedef {import("./session.js").Session} Session */

export class Door {
  #form = byID("door-form", HTMLFormElement);
  #title = byID("door-title", HTMLElement);
  #name = byID("name", HTMLInputElement);
  #email = byID("email", HTMLInputElement);
  #password = byID("password", HTMLInputElement);
  #problem = byID("door-problem", HTMLElement);
  #news = byID("door-news", HTMLElement);
  #registers = false;

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#trying(() => this.#enter());
    });
    byID("switch", HTMLButtonElement).addEventListener("click", () => this.#turn(!this.#registers));
    byID("forgot", HTMLButtonElement).addEventListener("click", () => void this.#trying(() => this.#forgot()));
  }

  /** @param {string} [problem] that led here */
  open(problem = "") {
    this.#password.value = "";
    this.#problem.textContent = problem;
    this.#news.textContent = "";
    void this.#offer();
  }

  focus() {
    this.#email.focus();
  }

  /** Those providers that are set up. Without any, or without an answer, the form is all there is. */
  async #offer() {
    const box = byID("providers", HTMLElement);
    const names = await providers().catch(() => []);
    box.replaceChildren(...names.map((name) => {
      const button = h("button", { type: "button" }, `Continue with ${providerName(name)}`);
      button.addEventListener("click", () => void this.#trying(async () => {
        this.#news.textContent = `On the way to ${providerName(name)} …`;
        await go(name);
      }));
      return button;
    }));
    box.hidden = byID("or", HTMLElement).hidden = names.length === 0;
  }

  /** @param {boolean} registers */
  #turn(registers) {
    this.#registers = registers;
    this.#title.textContent = registers ? "Register" : "Sign in";
    byID("enter", HTMLButtonElement).textContent = registers ? "Register" : "Sign in";
    byID("name-row", HTMLElement).hidden = !registers;
    byID("forgot", HTMLElement).hidden = registers;
    byID("switch-text", HTMLElement).textContent = registers ? "Registered already?" : "New here?";
    byID("switch", HTMLElement).textContent = registers ? "Sign in" : "Register";
    this.#password.autocomplete = registers ? "new-password" : "current-password";
    this.#problem.textContent = this.#news.textContent = "";
    (registers ? this.#name : this.#email).focus();
  }

  async #enter() {
    const credentials = { email: this.#email.value, password: this.#password.value };
    if (!this.#registers) {
      await this.session.signIn(credentials);
      return;
    }
    const name = this.#name.value.trim();
    const isIn = await this.session.register({ ...credentials, ...(name && { name }) });
    if (isIn) return;
    this.#turn(false);
    this.#news.textContent = `A mail to ${credentials.email} says how to go on.`;
  }

  async #forgot() {
    if (!this.#email.reportValidity()) return;
    const answer = await fetch("/api/auth/password/forgot", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: this.#email.value }),
    });
    if (!answer.ok) throw await Problem.of(answer);
    this.#news.textContent = "If somebody is registered with this address, a mail is on its way to it.";
  }

  /**
   * With the buttons off, and with the reason when nothing has come of it.
   * @param {() => Promise<void>} work
   */
  async #trying(work) {
    const buttons = document.querySelectorAll("#door button");
    this.#problem.textContent = this.#news.textContent = "";
    for (const button of buttons) button.toggleAttribute("disabled", true);
    try {
      await work();
    } catch (error) {
      this.#news.textContent = "";
      this.#problem.textContent = words(Problem.thrown(error));
    }
    for (const button of buttons) button.toggleAttribute("disabled", false);
  }
}
