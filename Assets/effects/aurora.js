// Northern lights along the upper edge.

import { faded, presence } from "./scene.js";
import { soft } from "./soft.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {{ color: string, base: number, tall: number, speed: number, waves: number, phase: number, alpha: number }} Ribbon */

/** @type {import("./scene.js").Effect} */
export function aurora(scene) {
  const { height, random, energy, look } = scene;
  const ribbons = [look.primary, look.secondary, look.accent].map((color, index) => ({
    color, base: height * (0.2 + index * 0.1), tall: height * (0.5 - index * 0.07), speed: (0.22 + random() * 0.2) * energy,
    waves: 1.4 + random() * 1.2, phase: random() * 7, alpha: 0.62 - index * 0.12,
  }));
  const laid = soft(scene);
  return (context, time) => {
    const there = presence(time, scene, 1.8, 1.8);
    // Strips of whole pixels: others would overlap, or gape, and be seen.
    laid(context, (small, pixel) => {
      for (const ribbon of ribbons) hang(small, scene, ribbon, { time, there, step: pixel * 2 });
    });
  };
}

/**
 * A curtain, in strips side by side.
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 * @param {Ribbon} ribbon
 * @param {{ time: number, there: number, step: number }} moment
 */
function hang(context, { width, height, energy }, { color, base, tall, speed, waves, phase, alpha }, { time, there, step }) {
  for (let index = 0; index * step < width; index += 1) {
    const place = index * step / width;
    const wave = Math.sin(place * waves * 6.3 + phase + time * speed);
    const shimmer = 0.55 + 0.45 * Math.sin(place * 23 + time * 0.9 * energy + phase * 3 + wave * 2);
    const bottom = base + wave * height * 0.09 + height * 0.12;
    const top = bottom - tall * (0.7 + 0.3 * shimmer);
    const light = context.createLinearGradient(0, top, 0, bottom);
    light.addColorStop(0, faded(color, 0));
    light.addColorStop(0.72, faded(color, alpha * shimmer * there));
    light.addColorStop(1, faded(color, 0));
    context.fillStyle = light;
    context.fillRect(index * step, top, step, bottom - top);
  }
}
