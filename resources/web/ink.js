/*
 * Strokes become ink: the greys of a drawing with every line at one width relative to the digit's own size.
 *
 * Networks read digits of MNIST's proportions, where a line is about an eighth of the digit's longer side. So what the
 * network sees is drawn anew from the pen's path, however large it was drawn. The same as `draw/ink.py`, to the bit:
 * where that reckons in single precision, so does this, by Math.fround.
 */
import { roundHalfEven } from "./rounding.js";

export const BOX = 20; // pixels: the longer side of the digit the network sees
const LINE = 2.4; // pixels: the width of a line once the longer side of the digit is BOX pixels
const FINE = 4; // rendered at this many times the final resolution, then averaged down by the preprocessing
const STEP = 2; // rendered pixels: the longest piece of a path handled at once
const MANY = 400; // pieces that are all drawn: a digit has 20 to 150
const SMALLEST = 0.03; // canvas sides: what is smaller is a dot, however the hand trembled
const RADIUS = (LINE * FINE) / 2; // rendered pixels

/**
 * A pen's path: points [x, y], at least one, x to the right and y down in sides of the canvas.
 *
 * @typedef {[number, number][]} Path
 */

/**
 * Greys in [0, 1], 0 = paper and 1 = ink, row by row.
 *
 * @typedef {{height: number, width: number, pixels: Float32Array}} Greys
 */

/**
 * Where ink is rendered: the first pixel's place in canvas sides, the pixels a canvas side, and the size in pixels.
 *
 * @typedef {{left: number, top: number, scale: number, height: number, width: number}} Frame
 */

/**
 * Return greys of the pen's paths, the longer side 80 pixels and a little margin.
 *
 * @param {Path[]} paths at least one
 * @returns {Greys}
 */
export function render(paths) {
  const frame = frameOf(paths);
  const greys = { height: frame.height, width: frame.width, pixels: new Float32Array(frame.height * frame.width) };
  const taken = new Set(); // fields of three by three pixels that hold the middle of a piece
  let count = 0;
  for (const path of paths) {
    const placed = path.map(([x, y]) => [(x - frame.left) * frame.scale, (y - frame.top) * frame.scale]);
    for (const [start, end] of piecesOf(placed)) {
      const middle = [roundHalfEven((start[0] + end[0]) / 2), roundHalfEven((start[1] + end[1]) / 2)];
      const field = Math.floor(middle[1] / 3) * frame.width + Math.floor(middle[0] / 3);
      // In a dense scribble one piece is enough of those with their middle in the same field.
      if (count < MANY || !taken.has(field)) drawPiece(greys, start, end, middle);
      taken.add(field);
      count += 1;
    }
  }
  return greys;
}

/**
 * @param {Path[]} paths
 * @returns {Frame}
 */
function frameOf(paths) {
  const points = paths.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right] = [least(xs), most(xs)];
  const [top, bottom] = [least(ys), most(ys)];
  const scale = ((BOX - LINE) * FINE) / Math.max(right - left, bottom - top, SMALLEST); // the line takes its width
  const margin = Math.ceil(RADIUS + STEP / 2 + 1) + 1;
  const pixels = (length) => Math.ceil(length * scale + 2 * margin) + 1;
  return {
    left: left - margin / scale,
    top: top - margin / scale,
    scale,
    height: pixels(bottom - top),
    width: pixels(right - left),
  };
}

/** @param {number[]} values */
export function least(values) {
  return values.reduce((one, other) => Math.min(one, other));
}

/** @param {number[]} values */
export function most(values) {
  return values.reduce((one, other) => Math.max(one, other));
}

/**
 * Return where the short pieces of a path start and end. The piece of a single point starts and ends there.
 *
 * @param {number[][]} points in rendered pixels
 * @returns {number[][][]} pairs of start and end
 */
function piecesOf(points) {
  const corners = farEnough(points);
  if (corners.length === 1) return [[corners[0], corners[0]]];
  const pieces = [];
  for (let i = 1; i < corners.length; i++) {
    const [x, y] = corners[i - 1];
    const [dx, dy] = [corners[i][0] - x, corners[i][1] - y];
    const parts = Math.max(Math.ceil(Math.hypot(dx, dy) / STEP), 1);
    let start = corners[i - 1];
    for (let part = 1; part <= parts; part++) {
      const end = part === parts ? corners[i] : [x + (part / parts) * dx, y + (part / parts) * dy];
      pieces.push([start, end]);
      start = end;
    }
  }
  return pieces;
}

/**
 * Return the first and last of the points, and those between that are far enough from the one before to be drawn.
 *
 * @param {number[][]} points
 */
function farEnough(points) {
  let travelled = 0;
  return points.filter((point, i) => {
    const before = travelled;
    if (i > 0) travelled += Math.hypot(point[0] - points[i - 1][0], point[1] - points[i - 1][1]);
    return i === 0 || i === points.length - 1 || Math.floor(travelled * 2) > Math.floor(before * 2);
  });
}

/**
 * Draw a piece, whose ends and middle are in rendered pixels. It touches only the square of pixels around its middle.
 *
 * @param {Greys} greys
 * @param {number[]} start
 * @param {number[]} end
 * @param {number[]} middle
 */
function drawPiece(greys, start, end, middle) {
  const f = Math.fround;
  const reach = Math.floor(RADIUS + STEP / 2 + 1);
  const edge = f(RADIUS + 0.5);
  const [dx, dy] = [f(end[0] - start[0]), f(end[1] - start[1])];
  const squared = Math.max(f(f(dx * dx) + f(dy * dy)), f(1e-12));
  for (let row = -reach; row <= reach; row++) {
    const fy = f(middle[1] - start[1] + row);
    const first = (middle[1] + row) * greys.width + middle[0];
    for (let column = -reach; column <= reach; column++) {
      const fx = f(middle[0] - start[0] + column);
      const along = clamp(f(f(f(fx * dx) + f(fy * dy)) / squared));
      const [awayX, awayY] = [f(fx - f(along * dx)), f(fy - f(along * dy))];
      const distance = f(Math.sqrt(f(f(awayX * awayX) + f(awayY * awayY))));
      const ink = clamp(f(edge - distance));
      if (ink > greys.pixels[first + column]) greys.pixels[first + column] = ink;
    }
  }
}

/** @param {number} x */
function clamp(x) {
  return Math.min(Math.max(x, 0), 1);
}
