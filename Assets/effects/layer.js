// A canvas over a whole place.

export class Layer {
  canvas = document.createElement("canvas");
  context = this.canvas.getContext("2d");

  /**
   * @param {HTMLElement} place
   * @param {string} [name] a class
   */
  constructor(place, name = "") {
    this.canvas.className = name;
    this.canvas.setAttribute("aria-hidden", "true");
    place.append(this.canvas);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  fit(width, height) {
    this.canvas.width = width;
    this.canvas.height = height;
  }

  erase() {
    this.context?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** @param {number} alpha of all that is on it */
  fade(alpha) {
    this.canvas.style.opacity = String(Math.max(0, alpha));
  }

  /**
   * @param {import("./scene.js").Draw | undefined} draw
   * @param {number} time
   */
  paint(draw, time) {
    if (this.context) draw?.(this.context, time);
  }
}
