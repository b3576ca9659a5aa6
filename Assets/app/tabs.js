// What the session needs of the browser: requests, turns between tabs, and a hint that lasts.

import { Problem } from "./problem.js";

const prefix = "/api/auth";
const hint = "atrium.signed-in";

/**
 * One tab at a time. Without HTTPS there are no locks: the server then forgives two at once.
 * @param {() => Promise<void>} work
 * @returns {Promise<void>}
 */
export function alone(work) {
  return navigator.locks ? navigator.locks.request("atrium-refresh", work) : work();
}

/**
 * @param {string} path
 * @param {object} body
 * @param {string} [token]
 */
export async function post(path, body, token) {
  try {
    return await fetch(prefix + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw Problem.thrown(error);
  }
}

/** Whether it is worth asking: who was never here is not refused anything. */
export function remembered() {
  try {
    return localStorage.getItem(hint) !== null;
  } catch {
    return false;
  }
}

/** @param {boolean} isIn */
export function remember(isIn) {
  try {
    if (isIn) localStorage.setItem(hint, "yes");
    else localStorage.removeItem(hint);
  } catch {
    // Storage is off: a reload asks to sign in again.
  }
}
