/*
 * Rubbing out: strokes are cut where a round eraser passed.
 */

export const ERASER = 0.04; // canvas sides: the eraser's radius
const STEP = ERASER / 4; // canvas sides: how far points may lie apart that are gone or stay

/**
 * Return what is left of some paths after an eraser moved straight from one place to another: the very same paths
 * where it touched nothing.
 *
 * @param {import("./ink.js").Path[]} paths
 * @param {[number, number]} from in canvas sides
 * @param {[number, number]} to
 * @param {number} brush how wide lines are, in canvas sides
 * @returns {import("./ink.js").Path[]}
 */
export function erased(paths, from, to, brush) {
  const reach = ERASER + brush / 2;
  const near = (point) => distanceTo(point, from, to) < reach;
  return paths.flatMap((path) => {
    const points = resampled(path);
    if (!points.some(near)) return [path];
    const left = [[]];
    for (const point of points) {
      if (!near(point)) left.at(-1).push(point);
      else if (left.at(-1).length) left.push([]);
    }
    return left.filter((part) => part.length);
  });
}

function resampled(path) {
  return path.flatMap((point, i) => {
    if (i === 0) return [point];
    const [x, y] = path[i - 1];
    const [dx, dy] = [point[0] - x, point[1] - y];
    const parts = Math.max(Math.ceil(Math.hypot(dx, dy) / STEP), 1);
    return Array.from({ length: parts }, (_, part) =>
      part + 1 === parts ? point : [x + ((part + 1) / parts) * dx, y + ((part + 1) / parts) * dy]);
  });
}

/** Return the distance from a point to the nearest place on the way between two others. */
function distanceTo([x, y], from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const [px, py] = [x - from[0], y - from[1]];
  const along = Math.min(Math.max((px * dx + py * dy) / Math.max(dx * dx + dy * dy, 1e-18), 0), 1);
  return Math.hypot(px - along * dx, py - along * dy);
}
