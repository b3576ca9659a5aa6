// The end of the link in a mail. Opening it changes nothing: a scanner of mails may do that, too.

import { byID, reason, send, trying } from "./asking.js";

const form = byID("form", HTMLFormElement);
const typed = byID("typed", HTMLElement);
const email = byID("email", HTMLInputElement);
const code = byID("code", HTMLInputElement);
const password = byID("password", HTMLInputElement);
const problem = byID("problem", HTMLElement);
const outcome = byID("outcome", HTMLElement);
const fragment = location.hash.slice(1);
const token = new URLSearchParams(fragment).get("token");

/** @param {string} text */
function end(text) {
  form.hidden = true;
  outcome.textContent = text;
  document.querySelector("h1")?.focus();
}

async function reset() {
  const proof = token ? { token } : { email: email.value, code: code.value };
  const answer = await send("/auth/reset-password", { ...proof, password: password.value });
  if (answer.ok) return end("Your password has been changed. Sign in with it.");
  problem.textContent = await reason(answer);
  password.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  trying(form, problem, reset);
});

if (token) {
  // Out of the address bar, and out of the history.
  history.replaceState(null, "", location.pathname);
  typed.remove();
  form.hidden = false;
  password.focus();
} else if (fragment === "by-code") {
  form.hidden = false;
  email.focus();
} else {
  end("This address is not complete. Open the link of the mail again, all of it.");
}
