// Texts on a canvas, in the fonts of a brand.

/** @typedef {import("./scene.js").Scene} Scene */

/** @param {Scene} scene @param {number} size in units */
export function headingFont({ look, unit }, size) {
  return `${look.weight} ${size * unit * look.scale}px "${look.heading}", system-ui, sans-serif`;
}

/** @param {Scene} scene @param {number} size in units */
export function bodyFont({ look, unit }, size) {
  return `500 ${size * unit * look.scale}px "${look.body}", system-ui, sans-serif`;
}

/**
 * The largest of a font's sizes in which a text is no wider than `room`, set on the canvas.
 * @param {CanvasRenderingContext2D} context
 * @param {(size: number) => string} font
 * @param {number} size to begin with, in units
 * @param {string} text
 * @param {number} room
 */
export function fit(context, font, size, text, room) {
  context.font = font(size);
  const width = context.measureText(text).width;
  const fitting = width > room ? size * room / width : size;
  context.font = font(fitting);
  return fitting;
}

/**
 * The head of a text and the rest of it: `Ada | Analyst`, or two lines.
 * @param {string} text
 */
export function halves(text) {
  const [head = "", ...rest] = text.split(/\s*[|\n]\s*/);
  return { head: head.trim(), rest: rest.join(" ").trim() };
}

/**
 * Two lines of about the same length where one is too long.
 * @param {string} text
 * @param {number} longest in letters
 */
export function lines(text, longest) {
  const words = text.trim().split(/\s+/);
  if (text.length <= longest || words.length < 2) return [text.trim()];
  let best = { difference: Infinity, at: 1 };
  for (let at = 1; at < words.length; at += 1) {
    const difference = Math.abs(words.slice(0, at).join(" ").length - words.slice(at).join(" ").length);
    if (difference < best.difference) best = { difference, at };
  }
  return [words.slice(0, best.at).join(" "), words.slice(best.at).join(" ")];
}
