// What the overlay knows of itself, for who adds `?debug` to its address. On a stream it is not shown.

/** What to do about what the server says. */
const advice = /** @type {Record<string, string>} */ ({
  BAD_KEY: "The address lacks its key, or a part of it. Copy the link anew from the control page.",
  TOPIC_NOT_FOUND: "There is no such session, or the key is none of its. Copy the link anew from the control page.",
  SESSION_ENDED: "The session has ended. Each session has a link of its own: copy it from the control page.",
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

  /** @param {{ code: string, message: string }} refusal */
  explain({ code, message }) {
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
