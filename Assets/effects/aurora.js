// Northern lights along the upper edge.

import { faded, presence } from "./scene.js";

const strips = 160;

/** @type {import("./scene.js").Effect} */
export function aurora(scene) {
  const { width, height, random, energy, look } = scene;
  const ribbons = [look.primary, look.secondary, look.accent].map((color, index) => ({
    color, base: height * (0.2 + index * 0.1), tall: height * (0.5 - index * 0.07), speed: (0.22 + random() * 0.2) * energy,
    waves: 1.4 + random() * 1.2, phase: random() * 7, alpha: 0.62 - index * 0.12,
  }));
  return (context, time) => {
    const there = presence(time, scene, 1.8, 1.8);
    const step = width / strips;
    context.save();
    for (const ribbon of ribbons) {
      for (let index = 0; index < strips; index += 1) {
        // On whole pixels: strips that overlap, or gape, are seen.
        const [left, right] = [Math.round(index * step), Math.round((index + 1) * step)];
        const place = index / strips;
        const wave = Math.sin(place * ribbon.waves * 6.3 + ribbon.phase + time * ribbon.speed);
        const shimmer = 0.55 + 0.45 * Math.sin(place * 23 + time * 0.9 * energy + ribbon.phase * 3 + wave * 2);
        const bottom = ribbon.base + wave * height * 0.09 + height * 0.12;
        const top = bottom - ribbon.tall * (0.7 + 0.3 * shimmer);
        const light = context.createLinearGradient(0, top, 0, bottom);
        light.addColorStop(0, faded(ribbon.color, 0));
        light.addColorStop(0.72, faded(ribbon.color, ribbon.alpha * shimmer * there));
        light.addColorStop(1, faded(ribbon.color, 0));
        context.fillStyle = light;
        context.fillRect(left, top, right - left, bottom - top);
      }
    }
    context.restore();
  };
}
