// Large words in the middle, with rays behind them.

import { ease, faded, presence, several, spring, within } from "./scene.js";
import { fit, headingFont, lines } from "./type.js";

/** @type {import("./scene.js").Effect} */
export function shoutOut(scene) {
  const { width, height, unit, look, seconds, energy } = scene;
  const text = lines(scene.text || "Thank you!", 18);
  const rays = several(14, (index) => ({
    angle: index * Math.PI / 7, wide: 0.1 + scene.random() * 0.07, color: index % 2 === 0 ? look.primary : look.secondary,
  }));
  return (context, time) => {
    const there = presence(time, scene, 0.4, 0.6);
    context.save();
    context.translate(width / 2, height / 2);
    burst(context, scene, rays, { turn: time * 0.12 * energy, there: ease(there) });
    const grown = spring(within(time, 0.05, 0.6)) * (1 - 0.25 * ease(within(time, seconds - 0.5, seconds)));
    context.scale(Math.max(0.001, grown), Math.max(0.001, grown));
    context.rotate(-0.03 * energy);
    context.globalAlpha = there;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const longest = text.reduce((one, other) => one.length > other.length ? one : other);
    const size = fit(context, (size) => headingFont(scene, size), text.length > 1 ? 13 : 16, longest, width * 0.8);
    text.forEach((line, index) => {
      const y = (index - (text.length - 1) / 2) * size * unit * look.scale * 1.08;
      context.lineWidth = unit * 2;
      context.strokeStyle = look.background;
      context.strokeText(line, 0, y);
      context.fillStyle = index === text.length - 1 ? look.accent : look.text;
      context.fillText(line, 0, y);
    });
    context.restore();
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./scene.js").Scene} scene
 * @param {{ angle: number, wide: number, color: string }[]} rays
 * @param {{ turn: number, there: number }} state
 */
function burst(context, { unit }, rays, { turn, there }) {
  const reach = unit * 62 * there;
  if (reach <= 0) return;
  for (const { angle, wide, color } of rays) {
    const light = context.createRadialGradient(0, 0, unit * 4, 0, 0, reach);
    light.addColorStop(0, faded(color, 0.85 * there));
    light.addColorStop(1, faded(color, 0));
    context.fillStyle = light;
    context.beginPath();
    context.moveTo(0, 0);
    context.arc(0, 0, reach, angle + turn - wide, angle + turn + wide);
    context.fill();
  }
}
