// Rockets that rise and burst, one after the other. Sparks are small: the picture as a whole never flashes.

import { bright, several, within } from "./scene.js";

const rising = 0.75;
const burning = 1.9;
const drag = 2.4;

/** @type {import("./scene.js").Effect} */
export function fireworks(scene) {
  const { width, height, unit, random, seconds, energy } = scene;
  const count = Math.max(4, Math.round(9 * energy));
  const rockets = several(count, (index) => {
    const size = height * (0.55 + random() * 0.5);
    const color = bright(scene);
    const other = bright(scene);
    return {
      start: (seconds - rising - burning) * index / Math.max(1, count - 1),
      x: width * (0.14 + 0.72 * ((index * 0.618 + random() * 0.16) % 1)), y: height * (0.18 + random() * 0.26),
      lean: (random() - 0.5) * width * 0.06, color,
      sparks: several(80, () => {
        const angle = random() * Math.PI * 2;
        const speed = size * (random() < 0.7 ? 0.85 + random() * 0.15 : random());
        return { across: Math.cos(angle) * speed, down: Math.sin(angle) * speed, color: random() < 0.7 ? color : other, life: 0.7 + random() * 0.3 };
      }),
    };
  });
  return (context, time) => {
    context.save();
    context.lineCap = "round";
    for (const rocket of rockets) {
      const age = time - rocket.start;
      if (age < 0 || age > rising + burning) continue;
      if (age < rising) rise(context, rocket, age / rising, height, unit);
      else burst(context, rocket, age - rising, height, unit);
    }
    context.restore();
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number, lean: number, color: string }} rocket
 * @param {number} part
 * @param {number} height
 * @param {number} unit
 */
function rise(context, rocket, part, height, unit) {
  const at = (/** @type {number} */ moment) => {
    const way = 1 - (1 - Math.max(0, moment)) ** 2;
    return { x: rocket.x + rocket.lean * (1 - way), y: height + (rocket.y - height) * way };
  };
  for (let step = 0; step < 8; step += 1) {
    const [from, to] = [at(part - step * 0.03), at(part - (step + 1) * 0.03)];
    context.globalAlpha = 0.9 * (1 - step / 8);
    stroke(context, from, to, rocket.color, unit * (0.7 - step * 0.06));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number, sparks: { across: number, down: number, color: string, life: number }[] }} rocket
 * @param {number} age
 * @param {number} height
 * @param {number} unit
 */
function burst(context, { x, y, sparks }, age, height, unit) {
  const at = (/** @type {number} */ moment, /** @type {{ across: number, down: number }} */ spark) => {
    const slowed = (1 - Math.exp(-drag * Math.max(0, moment))) / drag;
    return { x: x + spark.across * slowed, y: y + spark.down * slowed + 0.09 * height * moment ** 2 };
  };
  for (const spark of sparks) {
    const left = 1 - within(age, 0.25, burning * spark.life);
    if (left <= 0) continue;
    context.globalAlpha = left;
    stroke(context, at(age, spark), at(age - 0.14, spark), spark.color, unit * (0.3 + 0.65 * left));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 * @param {string} color
 * @param {number} width
 */
function stroke(context, from, to, color, width) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}
