// The page that shows live events as they come, and that none is lost when the connection breaks.

import { byID, h } from "../docs/dom.js";
import { Realtime } from "./client.js";

/** Events that the page keeps in sight. */
const SHOWN_MAX = 100;

const form = byID("listen", HTMLFormElement);
const topic = byID("topic", HTMLInputElement);
const token = byID("token", HTMLInputElement);
const state = byID("state", HTMLElement);
const problem = byID("problem", HTMLElement);
const list = byID("events", HTMLElement);
const empty = byID("empty", HTMLElement);
const interrupt = byID("interrupt", HTMLButtonElement);
const leave = byID("leave", HTMLButtonElement);

/** @type {Record<string, string>} */
const words = {
  connecting: "Connecting …", open: "Connected", waiting: "The connection is lost; it is tried again …",
  closed: "Not connected",
};

/** @type {Realtime | undefined} */
let live;

// What the API's reference keeps for this tab.
token.value = kept();

function kept() {
  try {
    return sessionStorage.getItem("token:bearer") ?? "";
  } catch {
    return "";
  }
}

/** @param {string} name @param {string} text @param {string} [more] */
function show(name, text, more) {
  empty.hidden = true;
  list.prepend(h("li", { class: name },
    h("strong", {}, text), more ? h("pre", { tabindex: 0 }, h("code", {}, more)) : null));
  while (list.children.length > SHOWN_MAX) list.lastElementChild?.remove();
}

/** @param {import("./client.js").LiveEvent} event */
function tell(event) {
  const about = event.row ? ` ${event.row}` : "";
  show("event", `${event.seq} ${event.kind}${about}`,
    event.data === undefined ? undefined : JSON.stringify(event.data, null, 2));
}

function end() {
  live?.close();
  live = undefined;
  interrupt.disabled = leave.disabled = true;
  state.textContent = words.closed;
}

form.addEventListener("submit", (submit) => {
  submit.preventDefault();
  end();
  problem.textContent = "";
  const own = new Realtime({ token: () => token.value.trim() || undefined });
  live = own;
  own.addEventListener("state", () => {
    if (own !== live) return;
    state.textContent = words[own.state];
    interrupt.disabled = own.state !== "open";
  });
  own.addEventListener("signedout", () => {
    problem.textContent = "The server does not know the token, or its session has ended.";
    end();
  });
  own.subscribe(topic.value.trim(), {
    event: tell,
    ready: () => show("note", `Listening to ${topic.value.trim()}`),
    resync: () => show("note", "Events were lost: a program reads everything anew now"),
    refused: ({ message }) => {
      problem.textContent = message;
      end();
    },
  });
  leave.disabled = false;
});

interrupt.addEventListener("click", () => live?.interrupt());
leave.addEventListener("click", end);
