// Where the links of mails end. Opening one changes nothing, as scanners of mails do it; the button does.

import { byID, reason, send, trying } from "../recovery/asking.js";

const title = byID("title", HTMLElement);
const state = byID("state", HTMLElement);
const link = byID("link", HTMLFormElement);
const typed = byID("typed", HTMLFormElement);
const about = byID("about", HTMLElement);
const button = byID("confirm", HTMLButtonElement);
const resend = byID("resend", HTMLButtonElement);
const email = byID("email", HTMLInputElement);
const code = byID("code", HTMLInputElement);
const problem = byID("problem", HTMLElement);
const further = byID("further", HTMLElement);
const onward = byID("onward", HTMLAnchorElement);

/** @type {Record<string, { title: string, button: string, about: (email: string) => string }>} */
const purposes = {
  "verify-email": {
    title: "Confirm your address", button: "Confirm",
    about: (email) => `Confirm that ${email} is your address.`,
  },
  "leave-email": {
    title: "Change your address?", button: "Agree",
    about: (email) => `Your account is to have the address ${email}. A mail to it follows.`,
  },
  "change-email": {
    title: "Confirm your new address", button: "Confirm",
    about: (email) => `${email} will be the address of your account.`,
  },
  "delete-user": {
    title: "Delete your account?", button: "Delete it for good",
    about: (email) => `The account of ${email} will be deleted, and all of its devices signed out.`,
  },
};

/** @type {Record<string, string>} */
const outcomes = {
  verified: "Your address is confirmed.",
  mailed: "You have agreed. A mail is on its way to the new address: its link makes the change.",
  changed: "Your address has been changed.",
  deleted: "The account is deleted.",
};

const fragment = location.hash.slice(1);
const token = new URLSearchParams(fragment).get("token");
let purpose = fragment in purposes ? fragment : "verify-email";

/** @param {string} text */
function say(text) {
  state.textContent = text;
  problem.textContent = "";
}

/** @param {string} kind */
function name(kind) {
  purpose = kind;
  title.textContent = purposes[kind].title;
  document.title = `${purposes[kind].title} – Atrium`;
}

/**
 * The form for a code, below what is said.
 * @param {string} text
 */
function type(text) {
  say(text);
  link.hidden = true;
  typed.hidden = false;
  resend.hidden = purpose !== "verify-email";
  email.focus();
}

/** @param {{ outcome: string, callbackURL?: string }} done */
function end(done) {
  link.hidden = typed.hidden = true;
  say(outcomes[done.outcome]);
  if (done.callbackURL) {
    onward.href = done.callbackURL;
    further.hidden = false;
  }
  title.focus();
}

/** @param {string} token */
async function look(token) {
  const answer = await send("/auth/confirm/look", { token });
  if (answer.status === 400) return type("This link is not valid any more. The code of a newer mail is as good.");
  if (!answer.ok) throw new Error(await reason(answer));
  const found = await answer.json();
  name(found.purpose);
  if (found.state === "used") {
    say("This link has been used already, or a newer one has. There is nothing more to do.");
    return title.focus();
  }
  if (found.state === "expired") return type("This link has expired. Ask for another mail, or type the code of a newer one.");
  say("");
  about.textContent = purposes[purpose].about(found.email);
  button.textContent = purposes[purpose].button;
  link.hidden = false;
}

/** @param {Record<string, string | null>} proof */
async function confirm(proof) {
  const answer = await send("/auth/confirm", proof);
  if (answer.ok) return end(await answer.json());
  problem.textContent = await reason(answer);
}

link.addEventListener("submit", (event) => {
  event.preventDefault();
  trying(link, problem, () => confirm({ token }));
});

typed.addEventListener("submit", (event) => {
  event.preventDefault();
  trying(typed, problem, () => confirm({ purpose, email: email.value, code: code.value }));
});

resend.addEventListener("click", () => {
  if (!email.reportValidity()) return;
  trying(typed, problem, async () => {
    const answer = await send("/auth/confirm/resend", { email: email.value });
    if (answer.ok) say("If the address waits to be confirmed, another mail is on its way.");
    else problem.textContent = await reason(answer);
  });
});

if (token) {
  // Out of the address bar, and out of the history.
  history.replaceState(null, "", location.pathname);
  trying(link, problem, () => look(token), () => type("The link could not be looked at."))
    .then(() => link.hidden || button.focus());
} else {
  name(purpose);
  type("Type the code of the mail, or open its link.");
}
