// Balloons on strings, up and away.

import { bright, faded, several } from "./scene.js";

/** @type {import("./scene.js").Effect} */
export function balloons(scene) {
  const { width, height, unit, random, seconds, energy } = scene;
  const count = Math.max(5, Math.round(13 * energy));
  const all = several(count, (index) => {
    const size = unit * (5.5 + random() * 4);
    return {
      size, x: width * (0.05 + 0.9 * ((index * 0.618 + random() * 0.12) % 1)), start: random() * seconds * 0.35,
      rise: seconds * (0.5 + random() * 0.14), sway: unit * (1.5 + random() * 2.5), phase: random() * 7, color: bright(scene),
    };
  }).sort((one, other) => one.size - other.size);
  return (context, time) => {
    for (const one of all) {
      const part = (time - one.start) / one.rise;
      if (part <= 0 || part >= 1) continue;
      const room = height + one.size * 7;
      const swing = Math.sin(time * 1.3 + one.phase);
      context.save();
      context.translate(one.x + swing * one.sway, height + one.size * 1.4 - room * part);
      context.rotate(swing * 0.06);
      context.scale(one.size, one.size);
      string(context, swing);
      balloon(context, one.color);
      context.restore();
    }
  };
}

/** @param {CanvasRenderingContext2D} context @param {string} color */
function balloon(context, color) {
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(0, 1.24);
  context.bezierCurveTo(-0.55, 1.05, -1, 0.5, -1, -0.1);
  context.bezierCurveTo(-1, -0.75, -0.55, -1.2, 0, -1.2);
  context.bezierCurveTo(0.55, -1.2, 1, -0.75, 1, -0.1);
  context.bezierCurveTo(1, 0.5, 0.55, 1.05, 0, 1.24);
  context.fill();
  const light = context.createRadialGradient(-0.35, -0.5, 0.05, 0, -0.1, 1.25);
  light.addColorStop(0, faded("#ffffff", 0.55));
  light.addColorStop(0.35, faded("#ffffff", 0.08));
  light.addColorStop(1, faded("#000000", 0.22));
  context.fillStyle = light;
  context.fill();
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(0, 1.18);
  context.lineTo(-0.16, 1.42);
  context.lineTo(0.16, 1.42);
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {number} swing */
function string(context, swing) {
  context.strokeStyle = "rgb(255 255 255 / 0.65)";
  context.lineWidth = 0.05;
  context.beginPath();
  context.moveTo(0, 1.4);
  context.bezierCurveTo(0.3 * swing, 2.2, -0.4 * swing, 3, 0.15 * swing, 3.9);
  context.stroke();
}
