// Snow, near and far.

import { presence, several } from "./scene.js";

/** @type {import("./scene.js").Effect} */
export function snow(scene) {
  const { width, height, unit, random, energy, look } = scene;
  const flakes = several(150 * energy, () => {
    const near = random() ** 2;
    return {
      x: random() * width * 1.2 - width * 0.1, y: random() * height, size: unit * (0.25 + near * 0.95),
      fall: height * (0.07 + near * 0.16), sway: unit * (1 + random() * 4), speed: 0.5 + random() * 0.8,
      phase: random() * 7, alpha: 0.4 + near * 0.55, color: random() < 0.16 ? look.secondary : "#ffffff",
    };
  });
  return (context, time) => {
    const there = presence(time, scene, 1.4, 1.6);
    context.save();
    for (const flake of flakes) {
      const room = height + flake.size * 4;
      const y = (flake.y + flake.fall * time) % room - flake.size * 2;
      const x = flake.x + Math.sin(time * flake.speed + flake.phase) * flake.sway;
      context.globalAlpha = flake.alpha * there;
      context.fillStyle = flake.color;
      context.beginPath();
      context.arc(x, y, flake.size, 0, 7);
      context.fill();
    }
    context.restore();
  };
}
