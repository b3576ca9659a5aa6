// Pictures and films of a creator's own, in the middle of the place.

/**
 * @param {{ url: string, type: string }} media
 * @param {number} [age] in milliseconds: a film goes on from there
 * @returns {HTMLElement}
 */
export function mediaElement({ url, type }, age = 0) {
  const element = type.startsWith("video/") ? film(url, age) : picture(url);
  element.className = "media";
  element.addEventListener("error", () => {
    console.warn("studio: an uploaded effect could not be loaded");
    element.remove();
  });
  return element;
}

/** @param {string} url */
function picture(url) {
  const image = new Image();
  image.alt = "";
  image.src = url;
  return image;
}

/**
 * Without sound: browsers start nothing loud by themselves.
 * @param {string} url
 * @param {number} age
 */
function film(url, age) {
  const video = document.createElement("video");
  video.muted = video.autoplay = video.loop = video.playsInline = true;
  video.addEventListener("loadedmetadata", () => {
    if (age > 0 && video.duration > 0) video.currentTime = (age / 1000) % video.duration;
  }, { once: true });
  video.src = url;
  return video;
}
