// Puts the page together: the door for who is not signed in, the workbench for who is.

import { byID } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { Commands } from "../app/commands.js";
import { Frame } from "../app/frame.js";
import { Palette } from "../app/palette.js";
import { listenToViews, showView } from "../app/views.js";
import { API } from "./api.js";
import { Composer } from "./composer.js";
import { copySource, openExport } from "./export.js";
import { History } from "./history.js";
import { showInspector } from "./inspector.js";
import { Making } from "./making.js";
import { References } from "./references.js";
import { Stage } from "./stage.js";
import { iconOf, Selection } from "./selection.js";
import { showVariants } from "./variants.js";

/** @typedef {import("../app/problem.js").Problem} Problem */

const frame = new Frame({ title: "Icons", view: "workbench", enter, leave });
const api = new API(frame.session);
const selection = new Selection();
const stage = new Stage(selection, (prompt) => composer.suggest(prompt));
const references = new References(selection);
const making = new Making(api, stage);
const composer = new Composer(selection, references, (wish) => {
  look("create");
  void making.run(wish);
});
const history = new History(api, selection);

making.addEventListener("made", (event) => {
  const icon = iconOf(event);
  selection.add(icon);
  say(icon.variants.length > 1 ? `${icon.variants.length} variants are ready` : "The icon is ready");
});
// What was stopped counts, too.
making.addEventListener("ended", () => void describe());
making.addEventListener("failed", (event) => {
  const problem = /** @type {CustomEvent<Problem>} */ (event).detail;
  if (problem.code === "CUT") void history.begin();
});
selection.addEventListener("shown", () => {
  for (const id of ["copy", "open-export"]) byID(id, HTMLButtonElement).disabled = !selection.icon;
});
showVariants(selection, api);
showInspector(selection, {
  attach: () => { look("create"); references.attachCurrent(); },
  reuse: (icon) => { look("create"); composer.reuse(icon); },
  remove: (icon) => void history.remove(icon),
});

const commands = new Commands([
  { title: "Generate", keys: "Control+Enter", run: () => composer.submit() },
  { title: "Stop generating", keys: "Escape", when: () => making.isRunning, run: () => making.stop() },
  { title: "Write the prompt", keys: "/", run: () => { look("create"); composer.prompt.focus(); } },
  { title: "Mode: create", run: () => composer.choose("intent", "create") },
  { title: "Mode: refine the icon in the preview", keys: "r", run: () => composer.choose("intent", "refine") },
  { title: "Output: a single icon", run: () => composer.choose("count", "1") },
  { title: "Output: a batch of three", run: () => composer.choose("count", "3") },
  { title: "Style: for a dark ground", run: () => composer.choose("color", "dark") },
  { title: "Style: for a light ground", run: () => composer.choose("color", "light") },
  { title: "Next variant", keys: "]", run: () => selection.choose(selection.index + 1) },
  { title: "Previous variant", keys: "[", run: () => selection.choose(selection.index - 1) },
  { title: "Zoom in", keys: "+", run: () => stage.zoomIn() },
  { title: "Zoom out", keys: "-", run: () => stage.zoomOut() },
  { title: "Zoom to 100 %", keys: "0", run: () => stage.zoomTo(1) },
  { title: "Grid on or off", keys: "g", run: () => stage.toggle("grid") },
  { title: "Safe area on or off", keys: "s", run: () => stage.toggle("safe") },
  { title: "Copy the SVG", keys: "c", run: () => void copySource(selection) },
  { title: "Export", keys: "e", run: () => openExport(selection) },
  { title: "Attach the icon in the preview", keys: "a", run: () => references.attachCurrent() },
  { title: "Attach an SVG file", run: () => references.choose() },
  { title: "Search the history", keys: "h", run: () => { look("history"); history.focusSearch(); } },
  { title: "Delete the icon in the preview", keys: "Delete", run: () => { if (selection.icon) void history.remove(selection.icon); } },
  { title: "Undo the last deletion", keys: "z", run: () => void history.undo() },
  { title: "Clear the history", run: () => void history.clear() },
  { title: "Change the theme", run: () => document.querySelector("a-theme")?.querySelector("button")?.click() },
  { title: "Log out", run: () => frame.logOut() },
]);
const palette = new Palette(commands);
commands.list.push({ title: "All commands", keys: "Control+k", run: () => palette.open() });

byID("open-palette", HTMLButtonElement).addEventListener("click", () => palette.open());
byID("open-export", HTMLButtonElement).addEventListener("click", () => openExport(selection));
byID("copy", HTMLButtonElement).addEventListener("click", () => void copySource(selection));
listenToViews("create", look);

/**
 * On a narrow screen one part of the workbench is there at a time.
 * @param {string} part
 */
function look(part) {
  showView(byID("workbench", HTMLElement), part);
}

/** What the generator is, and how much of the day is left. */
async function describe() {
  const generator = frame.session.user && await api.generator().catch(() => undefined);
  if (generator) composer.describe(generator);
}

function enter() {
  look("create");
  selection.show(undefined);
  composer.prompt.focus();
  void describe();
  void begin();
}

/** The newest icon is on the stage at first. */
async function begin() {
  await history.begin();
  if (stage.isEmpty) selection.show(history.icons[0]);
}

function leave() {
  making.stop();
  selection.show(undefined);
  references.clear();
  history.forget();
  composer.prompt.value = "";
}

void frame.start();
