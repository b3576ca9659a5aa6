// What has no edges is drawn small and enlarged: a gradient over a whole picture takes a machine without a graphics
// card longer than a frame lasts.

const shrunk = 8;

/**
 * Draws on a small canvas by the coordinates of the large one, and lays it over that.
 * @param {{ width: number, height: number }} place
 */
export function soft({ width, height }) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width / shrunk));
  canvas.height = Math.max(1, Math.round(height / shrunk));
  const small = canvas.getContext("2d");
  const pixel = width / canvas.width;
  small?.scale(canvas.width / width, canvas.height / height);
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {(small: CanvasRenderingContext2D, pixel: number) => void} draw is told how large a small pixel is
   */
  return (context, draw) => {
    if (!small) return;
    small.clearRect(0, 0, width, height);
    draw(small, pixel);
    context.drawImage(canvas, 0, 0, width, height);
  };
}
