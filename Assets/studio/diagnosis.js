// What the overlay knows of itself, for who adds `?debug` to its address. On a stream it is not shown.

/** What to do about what the server says. */
const advice = /** @type {Record<string, string>} */ ({
  BAD_TOPIC: "The address lacks a part. Copy the link anew from the control page.",
  BAD_KEY: "The address lacks its key, or a part of it. Copy the link anew from the control page.",
  TOPIC_NOT_FOUND: "There is no such session, or the key is none of its. Copy the link anew from the control page.",
  LINK_NOT_FOUND: "This link is none, or was made anew. Copy the new one from the control page.",
  SESSION_ENDED: "The session has ended, and this link was of that one only. The control page has one for all sessions.",
});

export class Diagnosis {
  #isOn = new URLSearchParams(location.search).has("debug");
  /** @type {Map<string, HTMLElement>} */
  #cells = new Map();
  #table = document.createElement("table");

  constructor() {
    if (!this.#isOn) return;
    const box = document.createElement("section");
    box.id = "diagnosis";
    box.setAttribute("aria-label", "Diagnosis");
    box.append(this.#table);
    document.body.append(box);
  }

  /**
   * The console hears of it, too.
   * @param {{ code: string, message: string }} refusal
   */
  explain({ code, message }) {
    console.warn(`studio: this overlay may not listen (${code}: ${message})`);
    this.note("Problem", advice[code] ?? `${code}: ${message}`);
  }

  /**
   * @param {string} name
   * @param {string | number} value
   */
  note(name, value) {
    if (!this.#isOn) return;
    let cell = this.#cells.get(name);
    if (!cell) {
      const row = this.#table.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      row.append(head);
      cell = row.insertCell();
      this.#cells.set(name, cell);
    }
    cell.textContent = String(value);
  }
}
