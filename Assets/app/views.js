// The parts of an app's page, of which one is there at a time where there is no room for all.

/** @returns {NodeListOf<HTMLElement>} */
const buttons = () => document.querySelectorAll(".views button");

/**
 * Lets the buttons of the views call `look` with the part that each is for.
 * @param {string} first for a button that names none
 * @param {(part: string) => void} look
 */
export function listenToViews(first, look) {
  for (const one of buttons()) one.addEventListener("click", () => look(one.dataset.to ?? first));
}

/**
 * @param {HTMLElement} page
 * @param {string} part
 */
export function showView(page, part) {
  page.dataset.view = part;
  for (const one of buttons()) {
    if (one.dataset.to === part) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
}
