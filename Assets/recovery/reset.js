// The end of the link in a mail. Opening it changes nothing: a scanner of mails may do that, too.

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function byID(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`there is no ${id}`);
  return found;
}

const form = byID("form", HTMLFormElement);
const password = byID("password", HTMLInputElement);
const problem = byID("problem", HTMLElement);
const outcome = byID("outcome", HTMLElement);
const token = new URLSearchParams(location.hash.slice(1)).get("token");

/** @param {string} text */
function end(text) {
  form.hidden = true;
  outcome.textContent = text;
  document.querySelector("h1")?.focus();
}

/** @param {Response} answer */
async function words(answer) {
  try {
    const { error } = await answer.json();
    /** @type {{ message: string }[]} */
    const fields = error.details?.fields ?? [];
    return fields.length > 0 ? fields.map((field) => field.message).join(". ") : error.message;
  } catch {
    return `The server answered ${answer.status}.`;
  }
}

async function send() {
  const answer = await fetch("/api/v1/auth/reset-password", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token, password: password.value }),
  });
  if (answer.ok) return end("Your password has been changed. Sign in with it.");
  problem.textContent = await words(answer);
  password.focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  problem.textContent = "";
  if (button) button.disabled = true;
  try {
    await send();
  } catch {
    problem.textContent = navigator.onLine
      ? "The server does not answer. Try again." : "You are offline.";
  }
  if (button) button.disabled = false;
});

if (token) {
  // Out of the address bar, and out of the history.
  history.replaceState(null, "", location.pathname);
  form.hidden = false;
  password.focus();
} else {
  end("This address is not complete. Open the link of the mail again, all of it.");
}
