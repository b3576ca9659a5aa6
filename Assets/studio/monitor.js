// What the overlay shows, drawn here by the same code, and whether it is heard of.

import { byID, h } from "../docs/dom.js";
import { Show } from "../effects/show.js";
import { ago } from "../app/ui.js";
import { mayMove } from "./preview.js";

/** @typedef {import("./broadcast.js").Broadcast} Broadcast */
/** @typedef {import("../effects/show.js").Activation} Activation */

export class Monitor {
  #show = new Show(byID("monitor", HTMLElement));
  #status = byID("overlay-status", HTMLElement);
  #idle = byID("monitor-idle", HTMLElement);

  /** @param {Broadcast} broadcast */
  constructor(broadcast) {
    this.broadcast = broadcast;
    broadcast.addEventListener("activated", (event) => this.#play(/** @type {CustomEvent<Activation>} */ (event).detail));
    broadcast.addEventListener("kit", () => { this.#show.kit = broadcast.kit; });
    broadcast.addEventListener("stream", () => this.#follow());
    broadcast.addEventListener("numbers", () => this.#describe());
    broadcast.addEventListener("wire", () => this.#describe());
    this.#follow();
  }

  /** @param {Activation} activation */
  #play(activation) {
    if (!this.broadcast.isActive) return;
    if (mayMove()) this.#show.play(activation);
    else this.#show.still(activation);
  }

  #follow() {
    const { stream } = this.broadcast;
    if (stream?.status !== "active") this.#show.clear();
    this.#idle.textContent = !stream ? "No session" : stream.status === "paused" ? "Paused" : "";
    this.#describe();
  }

  #describe() {
    const { stream, wire } = this.broadcast;
    const overlay = stream?.metrics.overlay;
    const state = !stream ? "none" : !wire.isUp ? "unknown" : overlay?.connected ? "on" : "off";
    this.#status.dataset.state = state;
    this.#status.replaceChildren(h("span", { class: "dot", "aria-hidden": "true" }), describe(state, overlay));
  }
}

/**
 * @param {string} state
 * @param {import("./api.js").Overlay | undefined} overlay
 */
function describe(state, overlay) {
  if (state === "none") return "No session: the overlay shows nothing";
  if (state === "unknown") return "The line to the server is down: it is tried again";
  if (state === "on") return ["Overlay connected", overlay?.framesPerSecond && `${Math.round(overlay.framesPerSecond)} frames a second`].filter(Boolean).join(" · ");
  return overlay?.lastSeenAt ? `Overlay lost: last seen ${ago(overlay.lastSeenAt)}` : "Overlay not connected yet";
}
