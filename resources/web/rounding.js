/**
 * Round to the nearest whole number, and halves to the even one, as NumPy and Python do.
 *
 * @param {number} x
 * @returns {number}
 */
export function roundHalfEven(x) {
  const up = Math.round(x);
  return Math.abs(x % 1) === 0.5 && up % 2 !== 0 ? up - 1 : up;
}
