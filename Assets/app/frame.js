// What the pages of apps have around them: the door for who is not signed in, the app itself for who is, the
// account's menu, and what is said while the server or the line is away.

import "../elements/theme.js";
import { byID, button, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { Door } from "./door.js";
import { arrival } from "./oauth.js";
import { words } from "./problem.js";
import { Session } from "./session.js";
import { showOnly, sign } from "./ui.js";

/**
 * @typedef {object} Parts
 * @property {string} title of the app
 * @property {string} view the id of what is shown to who is signed in
 * @property {() => void} enter begins for a user
 * @property {() => void} leave forgets what it knew of him
 */

export class Frame {
  session = new Session();
  #door = new Door(this.session);
  #parts;
  #name = h("span", { id: "account-name", class: "wide" });
  #email = h("p", { id: "account-email" });
  #account;
  /** Whether who goes out wants to. */
  #isLeaving = false;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#account = this.#makeAccount();
    this.session.addEventListener("in", () => this.#enter());
    this.session.addEventListener("out", () => {
      this.#leave(this.#isLeaving ? undefined : "You are signed out. Sign in to go on.");
      this.#isLeaving = false;
      this.#door.focus();
    });
    for (const name of ["offline", "online"]) window.addEventListener(name, followConnection);
  }

  async start() {
    followConnection();
    const arrived = arrival();
    try {
      const problem = arrived && "error" in arrived ? arrived.error : undefined;
      if (arrived && "code" in arrived) await this.session.exchange(arrived);
      else if (arrived && "refreshToken" in arrived) await this.session.adopt(arrived.refreshToken);
      else if (!await this.session.resume()) this.#leave(problem);
      else if (problem) say(problem);
    } catch (error) {
      if (arrived) return this.#leave(words(error));
      // The session may well be good: only nobody answers.
      byID("waiting", HTMLElement).replaceChildren(
        h("h1", {}, this.#parts.title), h("p", { role: "alert" }, words(error)),
        button("Try again", () => void this.start(), { class: "primary" }));
    }
  }

  logOut() {
    this.#isLeaving = true;
    this.session.signOut().catch((error) => {
      this.#isLeaving = false;
      say(`You are still signed in: ${words(error)}`);
    });
  }

  #enter() {
    const email = this.session.user?.email ?? "";
    this.#name.textContent = this.#email.textContent = email;
    this.#account.setAttribute("aria-label", `Account: ${email}`);
    this.#show(this.#parts.view);
    this.#parts.enter();
  }

  /** @param {string} [problem] */
  #leave(problem) {
    for (const dialog of document.querySelectorAll("dialog[open]")) {
      if (dialog instanceof HTMLDialogElement) dialog.close();
    }
    this.#parts.leave();
    this.#show("door");
    this.#door.open(problem);
  }

  /** @param {string} view */
  #show(view) {
    const isIn = view === this.#parts.view;
    for (const one of document.querySelectorAll(".bar .if-in")) one.toggleAttribute("hidden", !isIn);
    showOnly(view, ["waiting", "door", this.#parts.view]);
  }

  /** The button at the end of the bar, and its menu. */
  #makeAccount() {
    const account = h("button", {
      type: "button", id: "account", class: "small if-in", popovertarget: "account-menu", "aria-label": "Account", hidden: true,
    }, sign("user"), this.#name);
    const menu = h("div", { id: "account-menu", class: "menu", popover: true },
      h("p", { class: "quiet" }, "Signed in as"), this.#email,
      button("Log out", () => this.logOut(), {
        id: "log-out", popovertarget: "account-menu", popovertargetaction: "hide",
      }));
    document.querySelector(".bar .end")?.append(account);
    document.querySelector(".bar")?.after(menu);
    return account;
  }
}

function followConnection() {
  byID("offline", HTMLElement).hidden = navigator.onLine;
}
