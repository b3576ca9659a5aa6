// Signing in and registering: a card beside what an app says of itself.

import { byID, h } from "../docs/dom.js";
import { card } from "./card.js";
import { go, providerName, providers } from "./oauth.js";
import { Problem, words } from "./problem.js";

/** @typedef {import("./session.js").Session} Session */

export class Door {
  #parts = card();
  #registers = false;

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    const { element, form, turn, forgot } = this.#parts;
    byID("door", HTMLElement).append(element);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#trying(() => this.#enter());
    });
    turn.addEventListener("click", () => {
      this.#turn(!this.#registers);
      (this.#registers ? this.#parts.name : this.#parts.email).focus();
    });
    forgot.addEventListener("click", () => void this.#trying(() => this.#forgot()));
  }

  /** @param {string} [problem] that led here */
  open(problem = "") {
    this.#turn(false);
    this.#parts.password.value = "";
    this.#parts.problem.textContent = problem;
    this.#parts.news.textContent = "";
    void this.#offer();
  }

  focus() {
    this.#parts.email.focus();
  }

  /** Those providers that are set up. Without any, or without an answer, the form is all there is. */
  async #offer() {
    const box = this.#parts.providers;
    const names = await providers().catch(() => []);
    box.replaceChildren(...names.map((name) => {
      const button = h("button", { type: "button" }, `Continue with ${providerName(name)}`);
      button.addEventListener("click", () => void this.#trying(async () => {
        this.#parts.news.textContent = `On the way to ${providerName(name)} …`;
        await go(name);
      }));
      return button;
    }));
    box.hidden = this.#parts.or.hidden = names.length === 0;
  }

  /** @param {boolean} registers */
  #turn(registers) {
    const parts = this.#parts;
    this.#registers = registers;
    parts.title.textContent = parts.enter.textContent = registers ? "Register" : "Sign in";
    parts.nameRow.hidden = !registers;
    parts.forgot.hidden = registers;
    parts.turnText.textContent = registers ? "Registered already?" : "New here?";
    parts.turn.textContent = registers ? "Sign in" : "Register";
    parts.password.autocomplete = registers ? "new-password" : "current-password";
    parts.problem.textContent = parts.news.textContent = "";
  }

  async #enter() {
    const credentials = { email: this.#parts.email.value, password: this.#parts.password.value };
    if (!this.#registers) {
      await this.session.signIn(credentials);
      return;
    }
    const name = this.#parts.name.value.trim();
    const isIn = await this.session.register({ ...credentials, ...(name && { name }) });
    if (isIn) return;
    this.#turn(false);
    this.#parts.news.textContent = `A mail to ${credentials.email} says how to go on.`;
  }

  async #forgot() {
    if (!this.#parts.email.reportValidity()) return;
    const answer = await fetch("/api/auth/password/forgot", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: this.#parts.email.value }),
    });
    if (!answer.ok) throw await Problem.of(answer);
    this.#parts.news.textContent = "If somebody is registered with this address, a mail is on its way to it.";
  }

  /**
   * With the buttons off, and with the reason when nothing has come of it.
   * @param {() => Promise<void>} work
   */
  async #trying(work) {
    const buttons = this.#parts.element.querySelectorAll("button");
    this.#parts.problem.textContent = this.#parts.news.textContent = "";
    for (const button of buttons) button.toggleAttribute("disabled", true);
    try {
      await work();
    } catch (error) {
      this.#parts.news.textContent = "";
      this.#parts.problem.textContent = words(Problem.thrown(error));
    }
    for (const button of buttons) button.toggleAttribute("disabled", false);
  }
}
