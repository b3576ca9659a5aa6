// Puts the control page together: the door for who is not signed in, the desk for who is.

import { byID } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { Commands } from "../app/commands.js";
import { Frame } from "../app/frame.js";
import { Palette } from "../app/palette.js";
import { words } from "../app/problem.js";
import { listenToViews, showView } from "../app/views.js";
import { Activity } from "./activity.js";
import { Air } from "./air.js";
import { API } from "./api.js";
import { Broadcast } from "./broadcast.js";
import { Grid } from "./grid.js";
import { Kits } from "./kits.js";
import { Links } from "./links.js";
import { Monitor } from "./monitor.js";
import { Numbers } from "./numbers.js";
import { Pitch } from "./pitch.js";
import { Streams } from "./streams.js";
import { Uploads } from "./uploads.js";
import { Wording } from "./wording.js";
import { tierName } from "./words.js";

const frame = new Frame({ title: "Studio", view: "studio", enter, leave });
const api = new API(frame.session);
const broadcast = new Broadcast(api, frame.session);
const wording = new Wording(api);
const grid = new Grid(api, broadcast, wording);
const air = new Air(broadcast);
const links = new Links(api, broadcast);
const activity = new Activity(broadcast);
const kits = new Kits(api);
const streams = new Streams(api);
const uploads = new Uploads(frame.session, () => void grid.begin());
const pitch = new Pitch();
new Monitor(broadcast);
new Numbers(broadcast);

const fixed = [
  { title: "Start a session", run: () => { look("live"); air.focusStart(); } },
  { title: "Pause or resume", keys: "p", isOnce: true, run: () => air.turn() },
  { title: "End the session", run: () => void air.end() },
  { title: "Find an effect", keys: "/", run: () => { look("live"); grid.focusSearch(); } },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({
    title: `Show effect ${digit}`, keys: String(digit), isUnlisted: true, isOnce: true, run: () => grid.press(digit),
  })),
  { title: "Copy the overlay's link", keys: "o", run: () => void links.copy() },
  { title: "Copy this session's link", run: () => void links.copySession() },
  { title: "Make a new overlay link", run: () => void links.renew() },
  { title: "Upload an effect", keys: "u", run: () => { look("live"); uploads.open(); } },
  { title: "Go to Live", keys: "l", run: () => look("live") },
  { title: "Go to Brand kits", keys: "b", run: () => look("kits") },
  { title: "Go to Streams", keys: "s", run: () => look("streams") },
  { title: "New brand kit", run: () => { look("kits"); void kits.make(); } },
  { title: "Change the theme", run: () => document.querySelector("a-theme")?.querySelector("button")?.click() },
  { title: "Log out", run: () => frame.logOut() },
];
const commands = new Commands(fixed);
const palette = new Palette(commands);
const all = { title: "All commands", keys: "Control+k", run: () => palette.open() };
commands.list = [...fixed, all];
grid.addEventListener("read", () => {
  const shown = grid.effects.map((effect) => ({ title: `Show: ${effect.name}`, run: () => void grid.trigger(effect) }));
  commands.list = [...shown, ...fixed, all];
});

kits.addEventListener("changed", () => air.offer(kits.kits));
broadcast.addEventListener("wire", () => { byID("line", HTMLElement).hidden = broadcast.wire.isUp || !navigator.onLine; });
byID("open-palette", HTMLButtonElement).addEventListener("click", () => palette.open());
listenToViews("live", look);

/**
 * One part of the desk is there at a time.
 * @param {string} part
 */
function look(part) {
  showView(byID("studio", HTMLElement), part);
  kits.look(part === "kits");
  if (part === "streams") void streams.begin();
}

function enter() {
  pitch.look(false);
  look("live");
  void begin();
}

async function begin() {
  void grid.begin();
  try {
    const creator = await api.creator();
    kits.creator = uploads.creator = creator;
    wording.begin(creator.settings);
    links.begin(creator);
    byID("tier", HTMLElement).textContent = tierName(creator.subscriptionTier);
    await Promise.all([kits.begin(), broadcast.begin()]);
  } catch (error) {
    say(`Not everything could be read: ${words(error)}`, { text: "Try again", act: () => void begin() });
  }
}

function leave() {
  broadcast.leave();
  for (const part of [grid, kits, links, streams]) part.leave();
  activity.clear();
  pitch.look(true);
}

void frame.start();
