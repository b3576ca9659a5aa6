// What went wrong, in words that say what to do next.

/** @typedef {{ path: string, message: string }} FieldProblem */

export class Problem extends Error {
  /**
   * @param {number} status 0 where there was no answer
   * @param {string} code
   * @param {string} message
   * @param {{ wait?: number, fields?: FieldProblem[] }} [more] `wait` in seconds
   */
  constructor(status, code, message, more = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.wait = more.wait;
    this.fields = more.fields ?? [];
  }

  /** What was wrong with each field, or the message. */
  get words() {
    return this.fields.length > 0 ? this.fields.map(named).join(". ") : this.message;
  }

  /**
   * Of an answer that is none of success.
   * @param {Response} answer
   */
  static async of(answer) {
    const body = await answer.json().catch(() => undefined);
    return Problem.from(answer.status, body, Number(answer.headers.get("Retry-After")) || undefined);
  }

  /**
   * @param {number} status
   * @param {any} body as the API writes errors
   * @param {number} [wait]
   */
  static from(status, body, wait) {
    return new Problem(
      status, body?.code ?? "ERROR", body?.message ?? `The server answered ${status}.`,
      { wait, fields: body?.fields });
  }

  /**
   * Of what `fetch` threw: there was no answer.
   * @param {unknown} error
   */
  static thrown(error) {
    if (error instanceof Problem || isAbort(error)) return error;
    return navigator.onLine
      ? new Problem(0, "NO_ANSWER", "The server does not answer. Try again in a moment.")
      : new Problem(0, "OFFLINE", "You are offline.");
  }
}

/** @param {unknown} error */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

/** @param {unknown} error */
export function words(error) {
  return error instanceof Problem ? error.words : String(error);
}

/**
 * Some messages name their field, and some begin with the verb.
 * @param {FieldProblem} problem
 */
function named({ path, message }) {
  if (message.toLowerCase().startsWith(path.toLowerCase())) return message;
  return `${path.charAt(0).toUpperCase()}${path.slice(1)}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** @type {Record<string, { title: string, advice: string }>} */
const advice = {
  GENERATOR_NOT_CONFIGURED: {
    title: "No generator is set up",
    advice: "Whoever runs this server has to give it a key that the model's provider takes.",
  },
  GENERATOR_BUSY: {
    title: "The model is busy", advice: "Your prompt is still here.",
  },
  GENERATOR_DOWN: {
    title: "The model cannot be reached", advice: "Nothing was counted. Try again in a moment.",
  },
  GENERATOR_TIMEOUT: {
    title: "The model took too long", advice: "Nothing was counted. A shorter prompt, or a single icon, is faster.",
  },
  GENERATION_FAILED: {
    title: "No usable icon came back", advice: "Nothing was counted. Say it in other words, or try again.",
  },
  ICON_QUOTA_REACHED: {
    title: "That was all for today", advice: "The count starts anew at midnight, UTC.",
  },
  RATE_LIMITED: { title: "One at a time", advice: "Wait a moment, then go on." },
  SVG_UNAVAILABLE: {
    title: "This server cannot read drawings", advice: "Whoever runs it has to install libxml2.",
  },
  VALIDATION_ERROR: { title: "That cannot be drawn", advice: "Change the prompt or the references." },
  OFFLINE: { title: "You are offline", advice: "Your prompt is still here: generate it when you are back." },
  NO_ANSWER: { title: "The server does not answer", advice: "Your prompt is still here." },
  CUT: { title: "The connection was cut", advice: "If the icon was made, it is in the history." },
};

/**
 * A title and what to do.
 * @param {Problem} problem
 */
export function explained(problem) {
  return advice[problem.code] ?? { title: "That did not work", advice: "Try again in a moment." };
}
