// What streaming software lays over the picture: listens to one session, and shows its effects. It comes back by
// itself, and whatever fails is said to the console only: viewers see the stream.

import { Show } from "../effects/show.js";
import { Realtime } from "../realtime/client.js";
import { Diagnosis } from "./diagnosis.js";

/** @typedef {import("../realtime/client.js").LiveEvent} LiveEvent */
/** @typedef {import("../realtime/client.js").Refusal} Refusal */

/** Between two signs of life, in milliseconds. */
const beat = 10_000;
/** Clocks are compared by whole seconds. */
const moment = 2_000;
/** After what may pass by itself. */
const patience = 5_000;
const passing = ["SERVICE_UNAVAILABLE", "INTERNAL_ERROR", "RATE_LIMITED"];

const sessionId = location.pathname.split("/").pop() ?? "";
const key = new URLSearchParams(location.hash.slice(1)).get("key") ?? "";
const topic = `studio/sessions/${sessionId}`;
const show = new Show(/** @type {HTMLElement} */ (document.getElementById("show")));
const diagnosis = new Diagnosis();
const live = new Realtime();
let status = "";
/** How far the server's clock is ahead of ours, in milliseconds. */
let ahead = 0;

function listen() {
  live.subscribe(topic, {
    event: take,
    ready: () => void greet(),
    resync: () => void greet(),
    refused: give,
  }, { key });
}

/** How things stand, asked after listening has begun: nothing falls between. */
async function greet() {
  try {
    const { session, brandKit } = await live.ask("overlay.hello", { sessionId, key });
    show.kit = brandKit;
    diagnosis.note("Brand kit", brandKit?.name ?? "none");
    follow(session.status);
    void tell();
  } catch (error) {
    // Without a code the line is down: it comes back, and with it everything that was missed.
    if (/** @type {any} */ (error).code) give(/** @type {any} */ (error));
  }
}

/** Asks what time it is there: the machine that streams may have another one. */
async function compareClocks() {
  const asked = Date.now();
  const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  const told = Date.parse(answer?.headers.get("Date") ?? "");
  // It is told in whole seconds: half of one is added, and half of the way.
  if (!Number.isNaN(told)) ahead = told + 500 - (asked + Date.now()) / 2;
}

/** @param {LiveEvent} event */
function take({ kind, data, at }) {
  diagnosis.note("Last event", `${kind} at ${at}`);
  if (kind === "effect") play(data);
  else if (kind === "session") follow(data.status);
  else if (kind === "brand-kit") {
    show.kit = data.brandKit;
    diagnosis.note("Brand kit", data.brandKit?.name ?? "none");
  }
}

/** @param {import("../effects/show.js").Activation} activation */
function play(activation) {
  if (status === "paused" || status === "ended") return;
  const age = Date.now() + ahead - Date.parse(activation.triggeredAt);
  // What was on its way for a moment only begins at its beginning.
  show.play(activation, age < moment ? 0 : age);
  diagnosis.note("Effects shown", show.shown);
}

/** @param {string} next */
function follow(next) {
  status = next;
  diagnosis.note("Session", status);
  if (status !== "active") show.clear();
  if (status === "ended") live.close();
}

/** Says that the overlay is there, and how it does. */
async function tell() {
  const framesPerSecond = show.takeFrameRate();
  diagnosis.note("Frames per second", framesPerSecond || "nothing is drawn");
  if (live.state !== "open") return;
  await live.ask("overlay.beat", { sessionId, key, shown: show.shown, framesPerSecond }).catch(() => {});
}

/** @param {Refusal} refusal */
function give({ code, message }) {
  diagnosis.explain({ code, message });
  if (status === "ended") return;
  console.warn(`studio: this overlay may not listen (${code}: ${message})`);
  if (passing.includes(code)) setTimeout(listen, patience);
  else show.clear();
}

live.addEventListener("state", () => diagnosis.note("Connection", live.state));
setInterval(() => void tell(), beat);
diagnosis.note("Session", sessionId ? "asking" : "none in the address");
void compareClocks();
listen();
