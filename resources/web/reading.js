/*
 * What the page makes of a drawing: the ten outputs, the answer, and whether to trust it. See `draw/reading.py`.
 */

// Below these it is not sure.
const SURE_OUTPUT = 0.55; // the largest output at least this
const SURE_MARGIN = 0.3; // and this far ahead of the next
const CERTAIN_OUTPUT = 0.9;
const CERTAIN_MARGIN = 0.8;
const DIGIT_OUTPUT = 0.1; // below this, even of the largest output, it is no digit

export const Verdict = Object.freeze({ BLANK: "blank", NO_DIGIT: "no digit", UNSURE: "unsure", SURE: "sure" });

/**
 * The network's reading of one drawing. `outputs` are ten numbers in [0, 1], not probabilities; `digit` has the
 * largest and `runnerUp` the next. Where the drawing was read nine times, they are the mean of what is in `nine`:
 * the images, what each was read as (null for no digit), and how many of these are the answer.
 *
 * @typedef {object} Reading
 * @property {string} verdict
 * @property {ArrayLike<number>} outputs
 * @property {number} digit
 * @property {number} runnerUp
 * @property {boolean} certain
 * @property {{images: Float32Array[], digits: (number | null)[], agree: number} | null} nine
 */

/**
 * Return how far to trust the ten outputs for a drawing that is not blank.
 *
 * @param {ArrayLike<number>} outputs
 */
export function verdictOf(outputs) {
  const [first, second] = Array.from(outputs).sort((one, other) => other - one);
  if (first < DIGIT_OUTPUT) return Verdict.NO_DIGIT;
  return first >= SURE_OUTPUT && first - second >= SURE_MARGIN ? Verdict.SURE : Verdict.UNSURE;
}

/**
 * Feed an image forward through the network, once, or nine times if there is what makes nine of it.
 *
 * @param {import("./network.js").Network} network
 * @param {Float32Array | null} image 784 greys; null for a blank drawing
 * @param {import("./nine.js").Nine | null} nine
 * @returns {Reading}
 */
export function read(network, image, nine) {
  if (!image) return { ...readingOf(new Float64Array(10)), verdict: Verdict.BLANK };
  if (!nine) return readingOf(outputsOf(network, image));
  const images = nine.views(image);
  const outputs = images.map((one) => outputsOf(network, one));
  const mean = outputs[0].map((_, digit) => outputs.reduce((sum, one) => sum + one[digit], 0) / outputs.length);
  const reading = readingOf(mean);
  const digits = outputs.map((one) => (verdictOf(one) === Verdict.NO_DIGIT ? null : one.indexOf(Math.max(...one))));
  const answer = reading.verdict === Verdict.NO_DIGIT ? null : reading.digit;
  return { ...reading, nine: { images, digits, agree: digits.filter((digit) => digit === answer).length } };
}

/** Return the outputs, 0 where weights that a run blew up leave no number: such a neuron says nothing. */
function outputsOf(network, image) {
  return network.feedforward(image).map((output) => (Number.isNaN(output) ? 0 : output));
}

/**
 * Return what the ten outputs say of a drawing.
 *
 * @param {ArrayLike<number>} outputs
 * @returns {Reading}
 */
function readingOf(outputs) {
  const [digit, runnerUp] = [...Array(10).keys()].sort((one, other) => outputs[other] - outputs[one]);
  const verdict = verdictOf(outputs);
  const high = outputs[digit] >= CERTAIN_OUTPUT && outputs[digit] - outputs[runnerUp] >= CERTAIN_MARGIN;
  return { verdict, outputs, digit, runnerUp, certain: verdict === Verdict.SURE && high, nine: null };
}
