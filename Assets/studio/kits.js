// Brand kits: the list of them, and an editor beside it that shows at once what a choice looks like.

import { byID, button, h } from "../docs/dom.js";
import { say } from "../elements/toast.js";
import { confirmed } from "../app/confirm.js";
import { Problem, words } from "../app/problem.js";
import { annotate, freshKit, kitFields, readKit } from "./kit-fields.js";
import { kitItem, markKit } from "./kit-list.js";
import { KitPreview } from "./kit-preview.js";

/** @typedef {import("./api.js").API} API */
/** @typedef {import("./api.js").Creator} Creator */
/** @typedef {import("./api.js").KitDraft} KitDraft */
/** @typedef {import("../effects/look.js").BrandKit} BrandKit */

/** Fires `changed` when the list is another one. */
export class Kits extends EventTarget {
  /** @type {BrandKit[]} */
  kits = [];
  /** @type {Creator | undefined} */
  creator;
  /** @type {{ id: string, tag: string | null } | undefined} the kit in the editor, if it is kept already */
  #open;
  #isTouched = false;
  #list = byID("kits", HTMLUListElement);
  #state = byID("kits-state", HTMLElement);
  #form = byID("kit-form", HTMLFormElement);
  #problem = byID("kit-problem", HTMLElement);
  #new = byID("new-kit", HTMLButtonElement);
  #preview = new KitPreview(byID("kit-preview", HTMLElement));

  /** @param {API} api */
  constructor(api) {
    super();
    this.api = api;
    this.#new.addEventListener("click", () => void this.make());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#save();
    });
    this.#form.addEventListener("input", () => {
      this.#isTouched = true;
      this.#follow();
    });
    byID("discard-kit", HTMLButtonElement).addEventListener("click", () => void this.#discard());
    byID("delete-kit", HTMLButtonElement).addEventListener("click", () => void this.#remove());
  }

  async begin() {
    try {
      this.kits = await this.api.kits();
    } catch (error) {
      this.#state.replaceChildren(h("p", {}, `The brand kits could not be read. ${words(error)}`),
        button("Try again", () => void this.begin(), { class: "small" }));
      return;
    }
    this.#show();
    this.dispatchEvent(new Event("changed"));
  }

  leave() {
    this.kits = [];
    this.#list.replaceChildren();
    this.#close();
  }

  /**
   * Only what is seen moves.
   * @param {boolean} isSeen
   */
  look(isSeen) {
    this.#preview.move(isSeen && !this.#form.hidden);
  }

  /** An empty one in the editor. */
  async make() {
    const most = this.creator?.allowance.brandKits ?? Infinity;
    if (this.kits.length >= most) return say(`Your tier has room for ${most === 1 ? "one brand kit" : `${most} brand kits`}`);
    if (await this.#mayLeave()) this.#edit(undefined, freshKit);
  }

  /** @param {string} id */
  async #choose(id) {
    if (this.#open?.id === id || !await this.#mayLeave()) return;
    try {
      const { kit, tag } = await this.api.kit(id);
      this.#edit({ id, tag }, kit);
    } catch (error) {
      say(words(error));
    }
  }

  async #mayLeave() {
    return !this.#isTouched || confirmed("Leave the changes?", "What you changed in this brand kit is not saved.", "Leave them", "Go on editing");
  }

  /**
   * @param {{ id: string, tag: string | null } | undefined} open
   * @param {KitDraft} kit
   */
  #edit(open, kit) {
    this.#open = open;
    this.#isTouched = false;
    this.#problem.replaceChildren();
    byID("kit-title", HTMLElement).textContent = open ? kit.name : "New brand kit";
    byID("kit-fields", HTMLElement).replaceChildren(...kitFields(kit));
    byID("delete-kit", HTMLElement).hidden = !open;
    this.#form.hidden = byID("kit-preview", HTMLElement).hidden = false;
    byID("no-kit", HTMLElement).hidden = true;
    this.#follow();
    this.#preview.move(true);
    this.#mark();
    byID("kit-name", HTMLInputElement).focus();
  }

  #close() {
    this.#open = undefined;
    this.#isTouched = false;
    this.#form.hidden = byID("kit-preview", HTMLElement).hidden = true;
    byID("no-kit", HTMLElement).hidden = false;
    this.#preview.move(false);
    this.#mark();
  }

  #follow() {
    annotate(this.#form);
    this.#preview.wear(readKit(this.#form));
  }

  async #save() {
    const draft = readKit(this.#form);
    this.#problem.replaceChildren();
    if (draft.allowedCategories.length === 0) return this.#problem.replaceChildren("Choose one kind of effects at least.");
    const save = byID("save-kit", HTMLButtonElement);
    save.disabled = true;
    try {
      const saved = this.#open ? await this.api.changeKit(this.#open.id, draft, this.#open.tag) : await this.api.makeKit(draft);
      this.#isTouched = false;
      say(this.#open ? "Saved: a stream that wears it shows it at once" : "Saved");
      await this.begin();
      this.#open = undefined;
      await this.#choose(saved.id);
    } catch (error) {
      this.#fail(error);
    }
    save.disabled = false;
  }

  /** @param {unknown} error */
  #fail(error) {
    const id = this.#open?.id;
    if (!(error instanceof Problem) || error.status !== 412 || !id) return this.#problem.replaceChildren(words(error));
    this.#problem.replaceChildren("It was changed elsewhere meanwhile. ", button("Load it anew", () => {
      this.#open = undefined;
      this.#isTouched = false;
      void this.#choose(id);
    }, { class: "plain" }));
  }

  async #discard() {
    if (await this.#mayLeave()) this.#close();
  }

  async #remove() {
    const id = this.#open?.id;
    if (!id) return;
    const isSure = await confirmed("Delete this brand kit?", "A stream that wears it goes on without one.", "Delete it", "Keep it");
    if (!isSure) return;
    try {
      await this.api.removeKit(id);
      this.#close();
      say("Deleted");
      await this.begin();
    } catch (error) {
      this.#fail(error);
    }
  }

  #show() {
    this.#list.replaceChildren(...this.kits.map((kit) => kitItem(kit, () => void this.#choose(kit.id))));
    const most = this.creator?.allowance.brandKits;
    byID("kits-count", HTMLElement).textContent = most ? `${this.kits.length} of ${most}` : String(this.kits.length || "");
    this.#state.replaceChildren(...(this.kits.length === 0
      ? [h("p", { class: "quiet" }, "None yet. A kit keeps a stream's colours, type and motion together, and refuses what does not fit.")] : []));
    this.#mark();
  }

  #mark() {
    markKit(this.#list, this.#open?.id);
  }
}
