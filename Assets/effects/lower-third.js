// A name and what to know of it, at the lower left.

import { ease, faded, within } from "./scene.js";
import { bodyFont, fit, halves, headingFont } from "./type.js";

/** @type {import("./scene.js").Effect} */
export function lowerThird(scene) {
  const { width, height, unit, look, seconds } = scene;
  const { head, rest } = halves(scene.text || "Your name | What you do");
  return (context, time) => {
    context.save();
    context.textBaseline = "alphabetic";
    const room = width * 0.62;
    const headSize = fit(context, (size) => headingFont(scene, size), 7.4, head, room);
    const headWidth = context.measureText(head).width;
    const restSize = fit(context, (size) => bodyFont(scene, size), 4.1, rest, room);
    const inner = Math.max(headWidth, context.measureText(rest).width, unit * 30);
    const [padding, line] = [unit * 2.6, unit * look.scale];
    const box = {
      x: width * 0.06, wide: inner + padding * 2.4,
      tall: padding * 2 + headSize * line + (rest ? restSize * line * 1.35 : 0), y: 0,
    };
    box.y = height * 0.9 - box.tall;
    const going = ease(within(time, seconds - 0.7, seconds));
    const opened = ease(within(time, 0.15, 0.8)) * (1 - going);
    context.fillStyle = look.accent;
    const mark = ease(within(time, 0, 0.35)) * (1 - within(time, seconds - 0.25, seconds));
    context.fillRect(box.x - unit * 1.1, box.y + box.tall * (1 - mark), unit * 1.1, box.tall * mark);
    context.beginPath();
    context.rect(box.x, box.y, box.wide * opened, box.tall);
    context.clip();
    context.fillStyle = faded(look.background, 0.93);
    context.fillRect(box.x, box.y, box.wide, box.tall);
    context.fillStyle = look.primary;
    context.fillRect(box.x, box.y + box.tall - unit * 0.5, box.wide * ease(within(time, 0.5, 1.4)), unit * 0.5);
    const slide = (1 - ease(within(time, 0.35, 1))) * unit * 4;
    context.font = headingFont(scene, headSize);
    context.fillStyle = look.text;
    context.globalAlpha = within(time, 0.35, 0.8);
    context.fillText(head, box.x + padding - slide, box.y + padding + headSize * line * 0.78);
    context.font = bodyFont(scene, restSize);
    context.globalAlpha = 0.86 * within(time, 0.55, 1.1);
    context.fillText(rest, box.x + padding - slide * 1.6, box.y + padding + headSize * line + restSize * line);
    context.restore();
  };
}
