// The card of the door: its fields and buttons, without what they do.

import { button, h } from "../docs/dom.js";

export function card() {
  const title = h("h2", { id: "door-title" }, "Sign in");
  const providers = h("div", { id: "providers", class: "providers", hidden: true });
  const or = h("p", { id: "or", class: "or", hidden: true }, h("span", {}, "or with e-mail"));
  const name = h("input", { id: "name", autocomplete: "name", maxlength: 100 });
  const nameRow = h("p", { id: "name-row", hidden: true },
    h("label", { for: "name" }, "Name ", h("span", { class: "quiet" }, "(optional)")), name);
  const email = h("input", { id: "email", type: "email", autocomplete: "username", required: true, maxlength: 255 });
  const password = h("input", {
    id: "password", type: "password", autocomplete: "current-password", required: true, maxlength: 4096,
    "aria-describedby": "door-problem",
  });
  const problem = h("p", { id: "door-problem", class: "problem", role: "alert" });
  const news = h("p", { id: "door-news", class: "news", role: "status" });
  const enter = h("button", { id: "enter", class: "primary" }, "Sign in");
  const forgot = button("Forgot the password?", () => {}, { id: "forgot", class: "plain" });
  const turnText = h("span", {}, "New here?");
  const turn = button("Register", () => {}, { id: "switch", class: "plain" });
  const form = h("form", { id: "door-form", class: "stack" },
    nameRow, h("p", {}, h("label", { for: "email" }, "E-mail"), email),
    h("p", {}, h("label", { for: "password" }, "Password"), password),
    problem, news, h("p", { class: "row" }, enter, forgot));
  const element = h("section", { class: "card", "aria-labelledby": "door-title" },
    title, providers, or, form, h("p", { class: "switch" }, turnText, " ", turn));
  return {
    element, title, providers, or, form, nameRow, name, email, password, problem, news, enter, forgot, turn, turnText,
  };
}
