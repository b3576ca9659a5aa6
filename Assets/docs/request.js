// A request as it will be sent, and as curl would send it.

/** @typedef {{ method: string, path: string, headers: [string, string][], body: string | undefined, cookies: boolean, jar: string }} Draft */

/**
 * The path with its parameters put in and the query behind it.
 * @param {string} template such as `/users/{id}`
 * @param {{ name: string, place: string, value: unknown }[]} parameters
 */
export function address(template, parameters) {
  let path = template;
  const query = new URLSearchParams();
  for (const { name, place, value } of parameters) {
    if (value === undefined) continue;
    const texts = (Array.isArray(value) ? value : [value]).map((one) =>
      typeof one === "string" ? one : JSON.stringify(one));
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(texts.join(",")));
    if (place === "query") for (const text of texts) query.append(name, text);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * @param {Draft} draft
 * @returns {string}
 */
export function curl(draft) {
  const lines = [`curl ${quoted(location.origin + draft.path)}`];
  if (draft.method !== (draft.body === undefined ? "GET" : "POST")) lines.push(`-X ${draft.method}`);
  if (draft.cookies && draft.jar) lines.push(draft.jar);
  for (const [name, value] of draft.headers) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (draft.body !== undefined) lines.push(`-d ${quoted(draft.body)}`);
  return lines.join(" \\\n  ");
}

/**
 * How curl sends and keeps cookies, where the operation reads or sets some.
 * @param {import("./document.js").Operation} operation
 * @param {import("./document.js").ApiDocument} api
 */
export function jar(operation, api) {
  const reads = operation.security.flat().some((name) => api.schemes[name]?.in === "cookie");
  const sets = operation.answers.some(({ answer }) =>
    Object.keys(answer.headers ?? {}).some((name) => name.toLowerCase() === "set-cookie"));
  return [reads && "-b cookies", (reads || sets) && "-c cookies"].filter(Boolean).join(" ");
}

/** @param {string} text */
function quoted(text) {
  return /^[\w:/.,?=&%+-]+$/.test(text) && !/[?&]/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * @typedef {object} Answered
 * @property {number} status
 * @property {string} reason
 * @property {number} milliseconds
 * @property {[string, string][]} headers
 * @property {string} text
 */

/**
 * Sends to this origin only. Throws when there is no answer.
 * @param {Draft} draft
 * @returns {Promise<Answered>}
 */
export async function send(draft) {
  const start = performance.now();
  const response = await fetch(draft.path, {
    method: draft.method, headers: draft.headers, body: draft.body ?? null,
    credentials: draft.cookies ? "same-origin" : "omit", cache: "no-store", redirect: "manual",
  });
  const text = await response.text();
  return {
    status: response.status, reason: response.statusText,
    milliseconds: Math.round(performance.now() - start), headers: [...response.headers], text,
  };
}
