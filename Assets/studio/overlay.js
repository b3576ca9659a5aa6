// What streaming software lays over the picture: the effects of one session, or of whichever session of a creator's is
// under way. It comes back by itself, and whatever fails is said to the console only: viewers see the stream.

import { Show } from "../effects/show.js";
import { Realtime } from "../realtime/client.js";
import { Diagnosis } from "./diagnosis.js";
import { Lasting } from "./lasting.js";
import { Screening, patience } from "./screening.js";

/** @typedef {import("../realtime/client.js").Refusal} Refusal */

const sessionId = location.pathname.split("/").pop() ?? "";
const shown = new URLSearchParams(location.hash.slice(1));
const key = shown.get("key") ?? "";
const [live, diagnosis] = [new Realtime(), new Diagnosis()];
/** @type {import("./screening.js").Screen} */
const screen = { show: new Show(/** @type {HTMLElement} */ (document.getElementById("show"))), live, diagnosis, ahead: 0 };

/** Asks what time it is there: the machine that streams may have another one. */
async function compareClocks() {
  const asked = Date.now();
  const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  const told = Date.parse(answer?.headers.get("Date") ?? "");
  // It is told in whole seconds: half of one is added, and half of the way.
  if (!Number.isNaN(told)) screen.ahead = told + 500 - (asked + Date.now()) / 2;
}

/**
 * There is nothing to be shown here any more.
 * @param {Refusal} [refusal]
 */
function over(refusal) {
  live.close();
  if (refusal) diagnosis.explain(refusal);
}

live.addEventListener("state", () => diagnosis.note("Connection", live.state));
// Opened by who was signed in, and is not any more: by its key it goes on.
live.addEventListener("signedout", () => setTimeout(() => location.reload(), patience));
diagnosis.note("Session", "asking");
void compareClocks();
if (sessionId) new Screening(screen, sessionId, key, { over });
else new Lasting(screen, shown.get("creator") ?? "", key, over);
