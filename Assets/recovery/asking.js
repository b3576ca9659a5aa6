// What the pages at which the links of mails end have in common.

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byID(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`there is no ${id}`);
  return found;
}

/**
 * @param {string} path
 * @param {Record<string, string | null | undefined>} body
 */
export function send(path, body) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/**
 * What an answer says is wrong.
 * @param {Response} answer
 */
export async function reason(answer) {
  try {
    const { error } = await answer.json();
    /** @type {{ message: string }[]} */
    const fields = error.details?.fields ?? [];
    return fields.length > 0 ? fields.map((field) => field.message).join(". ") : error.message;
  } catch {
    return `The server answered ${answer.status}.`;
  }
}

/**
 * Does something with the form's buttons off, and says why when nothing has come of it.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} problem
 * @param {() => Promise<void>} work
 * @param {() => void} [failed]
 */
export async function trying(form, problem, work, failed) {
  const buttons = form.querySelectorAll("button");
  problem.textContent = "";
  for (const button of buttons) button.disabled = true;
  try {
    await work();
  } catch (error) {
    failed?.();
    problem.textContent = !navigator.onLine ? "You are offline."
      : error instanceof TypeError ? "The server does not answer. Try again." : String(error);
  }
  for (const button of buttons) button.disabled = false;
}
