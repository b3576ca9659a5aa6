// Hearts that rise from the lower edge, swaying.

import { bright, ease, several, within } from "./scene.js";

/** @type {import("./scene.js").Effect} */
export function hearts(scene) {
  const { width, height, unit, random, seconds, energy } = scene;
  const all = several(30 * energy, () => {
    const rise = 2.4 + random() * 1.6;
    return {
      start: random() * Math.max(0.5, seconds - rise), rise, x: width * (0.06 + random() * 0.88),
      top: height * (0.08 + random() * 0.4), size: unit * (3 + random() * 6), sway: unit * (1.5 + random() * 3.5),
      speed: 1.5 + random() * 1.5, phase: random() * 7, color: bright(scene),
    };
  });
  return (context, time) => {
    for (const one of all) {
      const part = (time - one.start) / one.rise;
      if (part <= 0 || part >= 1) continue;
      const swing = Math.sin(part * one.speed * 4 + one.phase);
      context.save();
      context.globalAlpha = Math.min(1, part * 6) * (1 - within(part, 0.7, 1));
      context.translate(
        one.x + swing * one.sway, height + one.size - (height + one.size - one.top) * (0.6 * part + 0.4 * ease(part)));
      context.rotate(swing * 0.22);
      const scale = one.size * (0.6 + 0.4 * ease(Math.min(1, part * 3)));
      context.scale(scale, scale);
      heart(context);
      context.fillStyle = one.color;
      context.fill();
      context.globalAlpha *= 0.35;
      context.fillStyle = "#ffffff";
      context.beginPath();
      context.ellipse(-0.42, -0.34, 0.2, 0.12, -0.7, 0, 7);
      context.fill();
      context.restore();
    }
  };
}

/**
 * One that is two wide.
 * @param {CanvasRenderingContext2D} context
 */
function heart(context) {
  context.beginPath();
  context.moveTo(0, 0.9);
  context.bezierCurveTo(-1.3, 0, -1.05, -0.9, -0.5, -0.9);
  context.bezierCurveTo(-0.2, -0.9, 0, -0.65, 0, -0.5);
  context.bezierCurveTo(0, -0.65, 0.2, -0.9, 0.5, -0.9);
  context.bezierCurveTo(1.05, -0.9, 1.3, 0, 0, 0.9);
  context.closePath();
}
