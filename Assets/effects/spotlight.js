// Everything grows dark but the middle.

import { ease, faded, presence } from "./scene.js";
import { soft } from "./soft.js";

/** @type {import("./scene.js").Effect} */
export function spotlight(scene) {
  const { width, height, unit, look, energy } = scene;
  const laid = soft(scene);
  return (context, time) => {
    const there = ease(presence(time, scene, 0.9, 0.9));
    const radius = height * (0.36 + (1 - there) * 0.8);
    const x = width / 2 + Math.sin(time * 0.7) * unit * 3 * energy;
    const y = height / 2 + Math.cos(time * 0.9) * unit * 1.5 * energy;
    laid(context, (small) => {
      const shade = small.createRadialGradient(x, y, radius * 0.86, x, y, radius * 1.25);
      shade.addColorStop(0, faded(look.background, 0));
      shade.addColorStop(0.5, faded(look.background, 0.6 * there));
      shade.addColorStop(1, faded(look.background, 0.82 * there));
      small.fillStyle = shade;
      small.fillRect(0, 0, width, height);
    });
    ring(context, scene, { x, y, radius: radius * 0.97, there, turn: time * 0.5 * energy });
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./scene.js").Scene} scene
 * @param {{ x: number, y: number, radius: number, there: number, turn: number }} place
 */
function ring(context, { unit, look }, { x, y, radius, there, turn }) {
  context.save();
  context.lineWidth = unit * 0.55;
  context.lineCap = "round";
  for (const [color, from] of /** @type {[string, number][]} */ ([[look.primary, 0], [look.accent, Math.PI]])) {
    context.strokeStyle = faded(color, there);
    context.beginPath();
    context.arc(x, y, radius, from + turn, from + turn + Math.PI * 0.7 * there);
    context.stroke();
  }
  context.restore();
}
