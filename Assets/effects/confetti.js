// Paper from both lower corners, in two volleys.

import { bright, several, within } from "./scene.js";

const drag = 1.6;

/** @type {import("./scene.js").Effect} */
export function confetti(scene) {
  const { width, height, unit, random, seconds, energy, look } = scene;
  const pieces = several(230 * energy, (index) => {
    const side = index % 2;
    const angle = (0.22 + random() * 0.34) * Math.PI;
    const speed = height * (0.85 + random() * 1.35);
    return {
      start: index % 3 === 0 ? seconds * 0.22 + random() * 0.3 : random() * 0.35,
      x: side === 0 ? 0 : width, y: height * 0.98,
      across: Math.cos(angle) * speed * (side === 0 ? 1 : -1) * Math.min(1.9, width / height) * 1.25, up: -Math.sin(angle) * speed,
      fall: height * (0.16 + random() * 0.16), turn: (random() - 0.5) * 9, flip: 3 + random() * 7,
      sway: unit * (1 + random() * 3), phase: random() * 7,
      wide: unit * (1.1 + random() * 1.3), tall: unit * (1.8 + random() * 1.8),
      isRound: random() < 0.22, color: random() < 0.12 ? look.text : bright(scene),
    };
  });
  return (context, time) => {
    const leaving = 1 - within(time, seconds - 1, seconds);
    for (const piece of pieces) {
      const age = time - piece.start;
      if (age <= 0) continue;
      const slowed = (1 - Math.exp(-drag * age)) / drag;
      const x = piece.x + piece.across * slowed + Math.sin(age * 2.2 + piece.phase) * piece.sway;
      const y = piece.y + piece.fall * age + (piece.up - piece.fall) * slowed;
      if (y > height + piece.tall) continue;
      context.save();
      context.globalAlpha = leaving;
      context.translate(x, y);
      context.rotate(piece.turn * age + piece.phase);
      context.scale(1, Math.cos(age * piece.flip + piece.phase));
      context.fillStyle = piece.color;
      context.beginPath();
      if (piece.isRound) context.arc(0, 0, piece.wide * 0.8, 0, 7);
      else context.rect(-piece.wide / 2, -piece.tall / 2, piece.wide, piece.tall);
      context.fill();
      context.restore();
    }
  };
}
