/*
 * Reading a drawing nine times: as it was drawn, and in eight views, each mildly deformed. See `draw/nine.py`.
 */
import { SIDE } from "./preprocess.js";

const VIEWS = 8;

/** Makes of an image the nine that are read. */
export class Nine {
  /**
   * @param {Float32Array} places (8, 2, 784): the row and column where each pixel of the eight views comes from
   */
  constructor(places) {
    const pixels = SIDE * SIDE;
    this.where = new Uint16Array(4 * VIEWS * pixels); // which four pixels each one lies between,
    this.shares = new Float32Array(4 * VIEWS * pixels); // and its share of each
    for (let view = 0; view < VIEWS; view++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        const row = places[2 * view * pixels + pixel];
        const column = places[(2 * view + 1) * pixels + pixel];
        this.#gather(4 * (view * pixels + pixel), row, column);
      }
    }
  }

  /**
   * Return the image, 784 greys in [0, 1], as it is, and its eight views.
   *
   * @param {Float32Array} image
   * @returns {Float32Array[]}
   */
  views(image) {
    const f = Math.fround;
    const seen = Array.from({ length: VIEWS }, (_, view) =>
      image.map((_, pixel) => {
        const at = 4 * (view * image.length + pixel);
        let grey = 0;
        for (let i = at; i < at + 4; i++) grey = f(grey + f(image[this.where[i]] * this.shares[i]));
        return grey;
      }));
    return [image, ...seen];
  }

  #gather(at, row, column) {
    const f = Math.fround;
    const [top, left] = [Math.floor(row), Math.floor(column)];
    const [below, beside] = [f(row - top), f(column - left)];
    for (let i = 0; i < 4; i++) {
      const [down, right] = [i >> 1, i & 1];
      const [y, x] = [top + down, left + right];
      const inside = y >= 0 && y < SIDE && x >= 0 && x < SIDE; // beyond it is paper
      this.where[at + i] = inside ? y * SIDE + x : 0;
      this.shares[at + i] = inside ? f(right ? beside : f(1 - beside)) * f(down ? below : f(1 - below)) : 0;
    }
  }
}
