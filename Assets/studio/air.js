// Whether a session is under way, for how long, and the buttons that start, pause, resume and end it.

import { byID, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { confirmed } from "../app/confirm.js";
import { Problem, words } from "../app/problem.js";
import { sign } from "../app/ui.js";
import { clock, platformName, statuses, timeAndDay } from "./words.js";

/** @typedef {import("./broadcast.js").Broadcast} Broadcast */
/** @typedef {import("../effects/look.js").BrandKit} BrandKit */

/** Nobody streams for so long without a pause: it may have been forgotten. In milliseconds. */
const long = 12 * 3_600_000;

/** @param {import("./api.js").Stream} stream */
function isOld({ startTime }) {
  return Date.now() - Date.parse(startTime) > long;
}

export class Air {
  #start = byID("start", HTMLFormElement);
  #running = byID("running", HTMLElement);
  #platform = byID("platform", HTMLSelectElement);
  #other = byID("other-platform", HTMLInputElement);
  #kit = byID("start-kit", HTMLSelectElement);
  #pill = byID("pill", HTMLElement);
  #clock = byID("clock", HTMLElement);
  #where = byID("where", HTMLElement);
  #pause = byID("pause", HTMLButtonElement);
  #age = byID("air-age", HTMLElement);
  #problem = byID("air-problem", HTMLElement);

  /** @param {Broadcast} broadcast */
  constructor(broadcast) {
    this.broadcast = broadcast;
    this.#start.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#trying(() => broadcast.start(this.#wish()));
    });
    this.#platform.addEventListener("change", () => {
      this.#other.hidden = this.#platform.value !== "";
      this.#other.required = !this.#other.hidden;
      if (!this.#other.hidden) this.#other.focus();
    });
    this.#pause.addEventListener("click", () => this.turn());
    byID("end", HTMLButtonElement).addEventListener("click", () => void this.end());
    broadcast.addEventListener("stream", () => this.#show());
    broadcast.addEventListener("numbers", () => this.#tick());
    broadcast.addEventListener("kit", () => this.#name());
    window.setInterval(() => this.#tick(), 1000);
  }

  /**
   * The kits that a session may be started with; the one that was chosen stays so.
   * @param {BrandKit[]} kits
   */
  offer(kits) {
    const chosen = this.#kit.value;
    this.#kit.replaceChildren(h("option", { value: "" }, "No brand kit"),
      ...kits.map((kit) => h("option", { value: kit.id }, kit.name)));
    const isThere = kits.some((kit) => kit.id === chosen);
    this.#kit.value = isThere ? chosen : kits[0]?.id ?? "";
  }

  /** Pauses or resumes. */
  turn() {
    const { stream } = this.broadcast;
    if (!stream) return say("No session is under way");
    void this.#trying(() => this.broadcast.move(stream.status === "active" ? "pause" : "resume"));
  }

  async end() {
    if (!this.broadcast.stream) return say("No session is under way");
    const isSure = await confirmed("End the session?",
      "The overlay goes blank until the next one. The numbers stay under Streams.", "End it", "Go on");
    if (isSure) await this.#trying(() => this.broadcast.move("end"));
  }

  /** Puts the focus where a session is started. */
  focusStart() {
    if (this.broadcast.stream) return say("A session is under way already");
    this.#platform.focus();
  }

  #wish() {
    const brandKitId = this.#kit.value;
    return { platform: this.#platform.value || this.#other.value.trim(), ...(brandKitId && { brandKitId }) };
  }

  #show() {
    const { stream } = this.broadcast;
    this.#start.hidden = stream !== undefined;
    this.#running.hidden = stream === undefined;
    this.#problem.textContent = "";
    this.#age.textContent = stream && isOld(stream)
      ? `Under way since ${timeAndDay(stream.startTime)}. If nobody streams any more, end it.` : "";
    document.title = `${stream ? `${statuses[stream.status]} – ` : ""}Studio – Atrium`;
    if (!stream) return;
    this.#pill.textContent = statuses[stream.status] ?? stream.status;
    this.#pill.dataset.status = stream.status;
    const isActive = stream.status === "active";
    this.#pause.replaceChildren(sign(isActive ? "pause" : "play"), h("span", {}, isActive ? "Pause" : "Resume"));
    this.#pause.classList.toggle("primary", !isActive);
    this.#name();
    this.#tick();
  }

  #name() {
    const { stream, kit } = this.broadcast;
    if (stream) this.#where.textContent = [platformName(stream.platform), kit?.name ?? "no brand kit"].join(" · ");
  }

  #tick() {
    const { stream, readAt } = this.broadcast;
    if (!stream) return;
    const since = stream.status === "active" ? (Date.now() - readAt) / 1000 : 0;
    this.#clock.textContent = clock(stream.metrics.activeSeconds + since);
  }

  /** @param {unknown} error */
  #explain(error) {
    const { stream } = this.broadcast;
    if (!stream || !(error instanceof Problem) || error.code !== "SESSION_RUNNING") return words(error);
    return `One is under way already, since ${timeAndDay(stream.startTime)}: here it is. End it to start another.`;
  }

  /** @param {() => Promise<void>} work */
  async #trying(work) {
    const buttons = document.querySelectorAll("#air button");
    this.#problem.textContent = "";
    for (const button of buttons) button.toggleAttribute("disabled", true);
    try {
      await work();
    } catch (error) {
      // It may have been moved elsewhere meanwhile, and another may be under way.
      await this.broadcast.begin().catch(() => undefined);
      this.#problem.textContent = this.#explain(error);
    }
    for (const button of buttons) button.toggleAttribute("disabled", false);
  }
}
