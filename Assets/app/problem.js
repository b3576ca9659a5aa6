// What went wrong, in words that say what to do next.

/** @typedef {{ path: string, message: string }} FieldProblem */

/** What answers without words of their own mean. */
const plain = /** @type {Record<number, string>} */ ({
  403: "You may not do this.",
  413: "That is larger than the server takes.",
  429: "That was too much at once: wait a moment.",
  502: "The server is not there just now. Try again in a moment.",
  503: "The server is busy. Try again in a moment.",
  507: "The server's disk is full.",
});

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
      status, body?.code ?? "ERROR", body?.message ?? plain[status] ?? `The server answered ${status}.`,
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
