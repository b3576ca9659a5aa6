// Bands of the brand's colours that close over the picture and open again: change the scene behind them.

import { within } from "./scene.js";

const slant = 0.35;

/** @type {import("./scene.js").Effect} */
export function wipe({ width, height, look, seconds }) {
  const colors = [look.secondary, look.primary, look.background, look.accent];
  const wide = width + height * slant;
  return (context, time) => {
    const part = time / seconds;
    colors.forEach((color, index) => {
      const front = glide(within(part, index * 0.05, 0.34 + index * 0.05));
      const back = glide(within(part, 0.58 + index * 0.05, 0.84 + index * 0.05));
      if (front <= back) return;
      context.fillStyle = color;
      context.beginPath();
      context.moveTo(wide * back, 0);
      context.lineTo(wide * front, 0);
      context.lineTo(wide * front - height * slant, height);
      context.lineTo(wide * back - height * slant, height);
      context.fill();
    });
  };
}

/**
 * Slow at both ends.
 * @param {number} part
 */
function glide(part) {
  return part < 0.5 ? 4 * part ** 3 : 1 - (-2 * part + 2) ** 3 / 2;
}
