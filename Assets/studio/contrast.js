// How well colours are told apart (WCAG 2.2, 1.4.3).

/** @param {string} color as #rrggbb */
function luminance(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/**
 * From 1, the same, to 21.
 * @param {string} one
 * @param {string} other
 */
export function contrast(one, other) {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/**
 * Whether words of a colour are read on another: large ones on streams, so that 4.5 is asked of texts and 3 of
 * what is only large or an ornament.
 * @param {string} name of the colour
 * @param {string} color
 * @param {string} ground
 * @param {number} wanted
 */
export function hint(name, color, ground, wanted) {
  const found = contrast(color, ground);
  const figure = `${found.toFixed(1)} to 1`;
  return found >= wanted
    ? { isGood: true, words: `${name} on background: ${figure}, easy to read` }
    : { isGood: false, words: `${name} on background: ${figure}, hard to read. Aim for ${wanted} or more` };
}
