// A broken signal for a moment. Nothing large changes more than three times a second, and nothing is red on
// white: flashes make some people ill (WCAG 2.3.1).

import { chance, faded, presence, several } from "./scene.js";

const changes = 3;

/** @type {import("./scene.js").Effect} */
export function glitch(scene) {
  const { width, height, unit, random, energy, look } = scene;
  const seed = String(random());
  const colors = [look.primary, look.secondary, look.accent, look.text];
  const blocks = several(26 * energy, () => ({
    y: random(), tall: 0.006 + random() ** 3 * 0.09, x: random(), wide: 0.08 + random() * 0.5,
    color: colors[Math.floor(random() * colors.length)] ?? look.primary, drift: (random() - 0.5) * 0.5 * energy,
    phase: random(),
  }));
  return (context, time) => {
    const there = presence(time, scene, 0.3, 0.4);
    context.save();
    for (const block of blocks) {
      const moment = Math.floor(time * changes + block.phase);
      const own = chance(`${seed}${moment}${block.phase}`);
      if (own() < 0.3) continue;
      const part = (time * changes + block.phase) % 1;
      const x = ((block.x + own() + block.drift * part) % 1.2 - 0.15) * width;
      const y = (block.y + (own() - 0.5) * 0.12) * height;
      const [wide, tall] = [block.wide * width * (0.5 + own()), block.tall * height];
      shifted(context, { x, y, wide, tall, shift: unit * (0.6 + own() * 1.6) }, block.color, there, look);
    }
    lines(context, scene, time, there);
    context.restore();
  };
}

/**
 * A block and its two shadows.
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number, wide: number, tall: number, shift: number }} box
 * @param {string} color
 * @param {number} there
 * @param {import("./scene.js").Look} look
 */
function shifted(context, { x, y, wide, tall, shift }, color, there, look) {
  context.fillStyle = faded(look.secondary, 0.5 * there);
  context.fillRect(x - shift, y, wide, tall);
  context.fillStyle = faded(look.accent, 0.5 * there);
  context.fillRect(x + shift, y, wide, tall);
  context.fillStyle = faded(color, 0.9 * there);
  context.fillRect(x, y, wide, tall);
}

/**
 * Lines of a screen, and one that runs down it.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./scene.js").Scene} scene
 * @param {number} time
 * @param {number} there
 */
function lines(context, { width, height, unit, look }, time, there) {
  context.fillStyle = faded(look.background, 0.22 * there);
  for (let y = 0; y < height; y += unit * 1.4) context.fillRect(0, y, width, unit * 0.45);
  const y = (time * 0.31 % 1) * height * 1.2 - height * 0.1;
  const light = context.createLinearGradient(0, y - unit * 6, 0, y + unit * 6);
  light.addColorStop(0, faded(look.text, 0));
  light.addColorStop(0.5, faded(look.text, 0.2 * there));
  light.addColorStop(1, faded(look.text, 0));
  context.fillStyle = light;
  context.fillRect(0, y - unit * 6, width, unit * 12);
}
