// Stars that fly by.

import { bright, presence, several } from "./scene.js";

/** @type {import("./scene.js").Effect} */
export function starfield(scene) {
  const { width, height, unit, random, energy } = scene;
  const stars = several(190 * Math.min(1.3, energy), () => {
    const angle = random() * Math.PI * 2;
    const far = 0.08 + random() * 0.92;
    return {
      x: Math.cos(angle) * far, y: Math.sin(angle) * far, depth: random(), size: 0.4 + random() * 0.7,
      color: random() < 0.45 ? "#ffffff" : bright(scene),
    };
  });
  const speed = 0.13 * energy;
  return (context, time) => {
    const there = presence(time, scene, 1.1, 1.1);
    context.save();
    context.translate(width / 2, height / 2);
    context.lineCap = "round";
    for (const star of stars) {
      const depth = 1 - (star.depth + time * speed) % 1;
      const near = (1 - depth) ** 1.4;
      const place = reach(depth, width, height);
      const before = reach(Math.min(1, depth + 0.02 + 0.03 * near), width, height);
      context.globalAlpha = there * Math.min(1, near * 2.2);
      context.strokeStyle = star.color;
      context.lineWidth = unit * star.size * (0.25 + near);
      context.beginPath();
      context.moveTo(star.x * before.x, star.y * before.y);
      context.lineTo(star.x * place.x, star.y * place.y);
      context.stroke();
    }
    context.restore();
  };
}

/**
 * How far from the middle something is seen at a depth.
 * @param {number} depth
 * @param {number} width
 * @param {number} height
 */
function reach(depth, width, height) {
  const scale = 0.16 / (depth + 0.12);
  return { x: width * scale, y: height * scale };
}
