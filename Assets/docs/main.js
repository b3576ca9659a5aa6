// Reads the document and shows what the address names: all, a surface, or an operation.

import "../elements/copy.js";
import "../elements/theme.js";
import { Credentials, showCredentials } from "./credentials.js";
import { ApiDocument } from "./document.js";
import { button, byID, h } from "./dom.js";
import { markCurrent, openMenu, showNavigation } from "./navigation.js";
import { operationView } from "./operation.js";
import { missing, overview, surface } from "./overview.js";
import { say } from "../elements/toast.js";

const content = byID("content", HTMLElement);

/** @returns {Promise<ApiDocument>} */
async function load() {
  const response = await fetch("/api/openapi.json");
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return new ApiDocument(await response.json());
}

/**
 * @param {ApiDocument} api
 * @param {Credentials} credentials
 */
function view(api, credentials) {
  const name = decodeURIComponent(location.hash.slice(1));
  if (name === "") return overview(api);
  const group = api.groups.find((one) => `surface/${one.name}` === name);
  if (group) return surface(group);
  const operation = api.find(name);
  return operation ? operationView(operation, api, credentials) : missing(name);
}

/**
 * @param {ApiDocument} api
 * @param {Credentials} credentials
 * @param {boolean} isFirst the first view does not take the focus
 */
function show(api, credentials, isFirst) {
  const shown = view(api, credentials);
  content.replaceChildren(shown);
  const heading = shown.querySelector("h1");
  document.title = `${heading?.textContent ?? "API reference"} – ${api.info.title}`;
  openMenu(false);
  markCurrent();
  if (isFirst) return;
  window.scrollTo(0, 0);
  heading?.focus({ preventScroll: true });
}

/** @param {unknown} error */
function showError(error) {
  content.replaceChildren(h("article", { class: "stack" },
    h("h1", { tabindex: -1 }, "The document could not be read"),
    h("p", { role: "alert" }, navigator.onLine ? String(error) : "You are offline."),
    button("Try again", () => void start(), { class: "primary" })));
}

async function start() {
  try {
    const api = await load();
    const credentials = new Credentials(api);
    showCredentials(credentials);
    showNavigation(api);
    show(api, credentials, true);
    window.addEventListener("hashchange", () => show(api, credentials, false));
  } catch (error) {
    showError(error);
  }
}

// The address names what is shown, so this link cannot use it.
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
  content.scrollIntoView();
});
window.addEventListener("offline", () => say("You are offline: requests will fail"));
window.addEventListener("online", () => say("You are online again"));
window.addEventListener("beforeprint", () => {
  for (const details of content.querySelectorAll("details")) details.open = true;
});

void start();
