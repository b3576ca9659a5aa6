// Sends a form and says how far it is, which `fetch` does not tell.

import { Problem } from "../app/problem.js";

/** @typedef {import("../app/session.js").Session} Session */

/**
 * @param {Session} session
 * @param {string} path
 * @param {FormData} data
 * @param {AbortSignal} signal
 * @param {(part: number) => void} progress from 0 to 1
 * @returns {Promise<any>}
 */
export async function send(session, path, data, signal, progress) {
  const token = await session.token();
  const answer = await sent(path, token, data, signal, progress);
  if (answer.status < 200 || answer.status >= 300) {
    throw Problem.from(answer.status, read(answer.responseText), Number(answer.getResponseHeader("Retry-After")) || undefined);
  }
  return read(answer.responseText);
}

/**
 * @param {string} path
 * @param {string} token
 * @param {FormData} data
 * @param {AbortSignal} signal
 * @param {(part: number) => void} progress
 * @returns {Promise<XMLHttpRequest>}
 */
function sent(path, token, data, signal, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => reject(Problem.thrown(new Error())));
    request.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(data);
  });
}

/** @param {string} text */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
