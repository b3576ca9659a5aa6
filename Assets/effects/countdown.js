// Seconds that run out, in a ring that closes, with a word on what comes.

import { ease, faded, presence, within } from "./scene.js";
import { bodyFont, fit, headingFont } from "./type.js";

/** @type {import("./scene.js").Effect} */
export function countdown(scene) {
  const { width, height, unit, look, seconds, energy } = scene;
  const text = scene.text.trim();
  return (context, time) => {
    const there = ease(presence(time, scene, 0.4, 0.35));
    const left = Math.max(0, seconds - time);
    const beat = 1 - within(left % 1, 0.82, 1);
    const radius = unit * 19;
    context.save();
    context.translate(width / 2, height / 2 - (text ? unit * 5 : 0));
    context.scale(there, there);
    context.globalAlpha = there;
    disc(context, scene, radius, left / seconds);
    context.fillStyle = look.text;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const pulse = 1 + 0.05 * energy * (1 - beat);
    context.font = headingFont({ ...scene, look: { ...look, scale: Math.min(1.1, look.scale) } }, 17 * pulse);
    context.fillText(String(Math.max(1, Math.ceil(left))), 0, unit * 0.8);
    if (text) label(context, scene, text, radius + unit * 9.5);
    context.restore();
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./scene.js").Scene} scene
 * @param {number} radius
 * @param {number} part
 */
function disc(context, { unit, look }, radius, part) {
  context.fillStyle = faded(look.background, 0.88);
  context.beginPath();
  context.arc(0, 0, radius + unit * 2.4, 0, 7);
  context.fill();
  context.lineWidth = unit * 2;
  context.lineCap = "round";
  context.strokeStyle = faded(look.text, 0.18);
  context.beginPath();
  context.arc(0, 0, radius, 0, 7);
  context.stroke();
  context.strokeStyle = look.primary;
  context.beginPath();
  context.arc(0, 0, radius, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * part);
  context.stroke();
  const angle = -Math.PI / 2 + Math.PI * 2 * part;
  context.fillStyle = look.accent;
  context.beginPath();
  context.arc(Math.cos(angle) * radius, Math.sin(angle) * radius, unit * 1.9, 0, 7);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./scene.js").Scene} scene
 * @param {string} text
 * @param {number} y
 */
function label(context, scene, text, y) {
  const { width, unit, look } = scene;
  fit(context, (size) => bodyFont(scene, size), 4.6, text, width * 0.7);
  const half = context.measureText(text).width / 2 + unit * 3;
  context.fillStyle = faded(look.background, 0.88);
  const round = unit * 4.2 * look.scale;
  context.beginPath();
  context.arc(-half + round, y, round, Math.PI / 2, Math.PI * 1.5);
  context.arc(half - round, y, round, -Math.PI / 2, Math.PI / 2);
  context.fill();
  context.fillStyle = look.text;
  context.fillText(text, 0, y + unit * 0.2);
}
