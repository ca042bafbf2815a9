/*
 * Greys of any size become the 784 greys a network reads, the way MNIST was made: the same as `draw/preprocess.py`.
 *
 * Digits are fitted into a box of 20 x 20 pixels with their aspect ratio kept, then placed in an image of 28 x 28 so
 * that their centre of mass lies at its centre, by a shift of whole pixels.
 */
import { BOX } from "./ink.js";
import { roundHalfEven } from "./rounding.js";

export const SIDE = 28; // pixels: the image the network sees
const CENTRE = 14; // index on both axes
const FAINTEST = 1 / 512; // less than this is no ink
const PLACES = 1e4; // a shift is known to one part in so many of a pixel, whatever order its sums were taken in

/**
 * Return the 784 greys that the network is fed, row by row; null where there is no ink at all.
 *
 * @param {import("./ink.js").Greys} ink
 * @returns {Float32Array | null}
 */
export function preprocess(ink) {
  const cropped = crop(ink);
  return cropped && centre(areaMean(cropped, Math.max(cropped.height, cropped.width) / BOX));
}

/** Return the smallest part of the ink that holds all of it; null when there is none. */
function crop({ height, width, pixels }) {
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (pixels[row * width + column] > FAINTEST) {
        [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
        [left, right] = [Math.min(left, column), Math.max(right, column)];
      }
    }
  }
  if (bottom < 0) return null;
  const cropped = { height: bottom - top + 1, width: right - left + 1, pixels: null };
  cropped.pixels = new Float32Array(cropped.height * cropped.width);
  for (let row = 0; row < cropped.height; row++) {
    const first = (top + row) * width + left;
    cropped.pixels.set(pixels.subarray(first, first + cropped.width), row * cropped.width);
  }
  return cropped;
}

/** Return greys with pixels `step` times as wide and high, each the mean of the area it covers. */
function areaMean({ height, width, pixels }, step) {
  const [down, across] = [overlap(height, step), overlap(width, step)];
  const rows = new Float32Array(down.length * width);
  for (let i = 0; i < down.length; i++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let row = 0; row < height; row++) sum += down[i][row] * pixels[row * width + column];
      rows[i * width + column] = sum;
    }
  }
  const scaled = { height: down.length, width: across.length, pixels: new Float32Array(down.length * across.length) };
  for (let i = 0; i < down.length; i++) {
    for (let k = 0; k < across.length; k++) {
      let sum = 0;
      for (let column = 0; column < width; column++) sum += across[k][column] * rows[i * width + column];
      scaled.pixels[i * across.length + k] = sum;
    }
  }
  return scaled;
}

/** Return for each output pixel, `step` wide, which part of it each of `size` input pixels fills. */
function overlap(size, step) {
  const n = Math.ceil(size / step - 1e-6);
  const start = (size - n * step) / 2; // the output pixels lie evenly about the middle of the input
  return Array.from({ length: n }, (_, i) => {
    const left = start + step * i;
    return Float32Array.from({ length: size }, (_, j) =>
      Math.max(Math.min(left + step, j + 1) - Math.max(left, j), 0) / step);
  });
}

/** Return 784 greys with the centre of mass as near index 14 as whole pixels bring it, and no ink pushed out. */
function centre({ height, width, pixels }) {
  const [rows, columns] = [new Float64Array(height), new Float64Array(width)];
  pixels.forEach((grey, i) => {
    rows[Math.floor(i / width)] += grey;
    columns[i % width] += grey;
  });
  const [top, left] = [offset(rows), offset(columns)];
  const image = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < height; row++) {
    image.set(pixels.subarray(row * width, (row + 1) * width), (top + row) * SIDE + left);
  }
  return image;
}

/** Return where a profile begins so that its centre of mass is nearest to the image's centre. */
function offset(profile) {
  let [mass, moment] = [0, 0];
  profile.forEach((grey, i) => {
    mass += grey;
    moment += grey * i;
  });
  const shift = Math.round((CENTRE - moment / mass) * PLACES) / PLACES;
  return Math.min(Math.max(roundHalfEven(shift), 0), SIDE - profile.length);
}
