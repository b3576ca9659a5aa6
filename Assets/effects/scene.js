// What effects are drawn with: a place of any size, the colours and fonts of a brand, chance that comes out the
// same for the same seed, and time. An effect is a function of them, so that a moment looks the same everywhere.

/**
 * @typedef {object} Look
 * @property {string} primary
 * @property {string} secondary
 * @property {string} accent
 * @property {string} background
 * @property {string} text
 * @property {string} heading a font's family
 * @property {string} body a font's family
 * @property {number} weight of headings
 * @property {number} scale of texts
 */
/**
 * @typedef {object} Scene
 * @property {number} width
 * @property {number} height
 * @property {number} unit a hundredth of the shorter side
 * @property {number} seconds from the first frame to the last
 * @property {number} energy how much moves, 1 for a motion intensity of 3
 * @property {Look} look
 * @property {string} text
 * @property {() => number} random from 0 to 1, the next one each time
 */
/** @typedef {(context: CanvasRenderingContext2D, time: number) => void} Draw shows a moment, in seconds */
/** @typedef {(scene: Scene) => Draw} Effect makes itself ready; what is left to chance is decided here */

/** @type {Look} */
export const plainLook = {
  primary: "#2dd4a7", secondary: "#5b8cff", accent: "#ffb547", background: "#101614", text: "#ffffff",
  heading: "system-ui", body: "system-ui", weight: 700, scale: 1,
};

/**
 * A generator of chance for a seed (mulberry32).
 * @param {string} seed
 * @returns {() => number}
 */
export function chance(seed) {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {number} value @param {number} [low] @param {number} [high] */
export function clamp(value, low = 0, high = 1) {
  return Math.min(high, Math.max(low, value));
}

/**
 * How far a time is between two others, from 0 to 1.
 * @param {number} time
 * @param {number} from
 * @param {number} to
 */
export function within(time, from, to) {
  return clamp((time - from) / (to - from));
}

/**
 * Fast at first, then slow.
 * @param {number} part
 */
export function ease(part) {
  return 1 - (1 - part) ** 3;
}

/**
 * Beyond the end and back.
 * @param {number} part
 */
export function spring(part) {
  const rest = part - 1;
  return 1 + 2.70158 * rest ** 3 + 1.70158 * rest ** 2;
}

/**
 * Comes and goes.
 * @param {number} time
 * @param {Scene} scene
 * @param {number} [coming]
 * @param {number} [going]
 */
export function presence(time, scene, coming = 0.6, going = 0.8) {
  return Math.min(within(time, 0, coming), 1 - within(time, scene.seconds - going, scene.seconds));
}

/** @param {string} color as #rrggbb @param {number} alpha */
export function faded(color, alpha) {
  return color + Math.round(clamp(alpha) * 255).toString(16).padStart(2, "0");
}

/**
 * One of the brand's bright colours.
 * @param {Scene} scene
 */
export function bright({ look, random }) {
  const colors = [look.primary, look.secondary, look.accent];
  return colors[Math.floor(random() * colors.length)] ?? look.primary;
}

/** @template Made @param {number} count @param {(index: number) => Made} make @returns {Made[]} */
export function several(count, make) {
  return Array.from({ length: Math.max(1, Math.round(count)) }, (_, index) => make(index));
}
