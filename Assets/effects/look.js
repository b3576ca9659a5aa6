// How a brand kit looks, and how lively it is.

import { plainLook } from "./scene.js";

/** @typedef {import("./scene.js").Look} Look */
/**
 * A brand kit as the API gives it.
 * @typedef {object} BrandKit
 * @property {string} id
 * @property {string} name
 * @property {{ primary: string, secondary: string, accent: string, background: string, text: string }} colorPalette
 * @property {{ heading: string, body: string, weight: number, scale: number }} typography
 * @property {number} motionIntensity from 1 to 5
 * @property {string[]} allowedCategories
 */

/**
 * @param {Pick<BrandKit, "colorPalette" | "typography"> | null | undefined} kit
 * @returns {Look}
 */
export function lookOf(kit) {
  return kit ? { ...kit.colorPalette, ...kit.typography } : plainLook;
}

/**
 * How much moves: 1 for the middle of five.
 * @param {Pick<BrandKit, "motionIntensity"> | null | undefined} kit
 */
export function energyOf(kit) {
  return 0.4 + 0.2 * (kit?.motionIntensity ?? 3);
}
