// What the problems of a generator are called, and what one does about them.

/** @typedef {import("../app/problem.js").Problem} Problem */

/** @type {Record<string, { title: string, advice: string }>} */
const advice = {
  GENERATOR_NOT_CONFIGURED: {
    title: "No generator is set up",
    advice: "Whoever runs this server has to give it a key that the model's provider takes.",
  },
  GENERATOR_BUSY: {
    title: "The model is busy", advice: "Your prompt is still here.",
  },
  GENERATOR_DOWN: {
    title: "The model cannot be reached", advice: "Nothing was counted. Try again in a moment.",
  },
  GENERATOR_TIMEOUT: {
    title: "The model took too long", advice: "Nothing was counted. A shorter prompt, or a single icon, is faster.",
  },
  GENERATION_FAILED: {
    title: "No usable icon came back", advice: "Nothing was counted. Say it in other words, or try again.",
  },
  ICON_QUOTA_REACHED: {
    title: "That was all for today", advice: "The count starts anew at midnight, UTC.",
  },
  RATE_LIMITED: { title: "One at a time", advice: "Wait a moment, then go on." },
  SVG_UNAVAILABLE: {
    title: "This server cannot read drawings", advice: "Whoever runs it has to install libxml2.",
  },
  VALIDATION_ERROR: { title: "That cannot be drawn", advice: "Change the prompt or the references." },
  OFFLINE: { title: "You are offline", advice: "Your prompt is still here: generate it when you are back." },
  NO_ANSWER: { title: "The server does not answer", advice: "Your prompt is still here." },
  CUT: { title: "The connection was cut", advice: "If the icon was made, it is in the history." },
};

/**
 * A title and what to do.
 * @param {Problem} problem
 */
export function explained(problem) {
  return advice[problem.code] ?? { title: "That did not work", advice: "Try again in a moment." };
}
