// What the page calls things.

/** @type {Record<string, string>} */
export const categories = {
  celebration: "Celebration", focus: "Focus", text: "Text", ambient: "Ambient", transition: "Transition",
};

/** @type {Record<string, string>} */
const tiers = { free: "Free", creator: "Creator", professional: "Professional", enterprise: "Enterprise" };

/** @type {Record<string, string>} */
export const platforms = { twitch: "Twitch", youtube: "YouTube", kick: "Kick" };

/** @type {Record<string, string>} */
export const statuses = { active: "Live", paused: "Paused", ended: "Ended" };

/** By how strong a motion is. */
export const motions = ["", "Still", "Gentle", "Lively", "Strong", "Wild"];

/** @param {string} tier */
export function tierName(tier) {
  return tiers[tier] ?? tier;
}

/** @param {string} platform */
export function platformName(platform) {
  return platforms[platform] ?? platform;
}

/**
 * Hours, minutes and seconds, as on a clock.
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/**
 * How long something took, in words.
 * @param {number} seconds
 */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
}

/**
 * The time of day.
 * @param {string} instant
 */
export function timeOf(instant) {
  return new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}

/**
 * The same, with its day where that is another one.
 * @param {string} instant
 */
export function timeAndDay(instant) {
  const [moment, now] = [new Date(instant), new Date()];
  /** @type {Intl.DateTimeFormatOptions} */
  const day = moment.toDateString() === now.toDateString() ? {} : { weekday: "short", day: "numeric", month: "short" };
  return moment.toLocaleString("en", { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
