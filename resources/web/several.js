/*
 * Whether a drawing is of several digits side by side, of which the network could read only one at a time. The
 * window reads them as a number, `draw/numbers.py`; the page only says that it was made for one.
 */
import { least, most, render } from "./ink.js";
import { preprocess } from "./preprocess.js";
import { Verdict, verdictOf } from "./reading.js";

const GAP = 0.08; // of the height of the drawing: the least between the strokes of two digits
const HEIGHT = 0.4; // of the tallest: what is lower is a part of its neighbour
const LEVEL = 0.5; // of the lower one's height: what two digits beside each other share at least
const MOST = 12; // strokes: what has more is a scribble
const MOST_GROUPS = 4;
const NEAR = 64; // points of a stroke: enough to know how far another is away

/**
 * Return how many digits stand side by side in a drawing, a clear gap between them; the fewest there can be.
 *
 * It is 1 where the reading of the whole is sure, where there is no such gap, or where any part is no digit.
 *
 * @param {import("./network.js").Network} network
 * @param {import("./ink.js").Path[]} paths
 * @param {import("./reading.js").Reading} reading of the whole
 * @returns {number}
 */
export function digitsIn(network, paths, reading) {
  if (reading.verdict === Verdict.SURE || reading.verdict === Verdict.BLANK) return 1;
  const groups = sideBySide(paths);
  if (groups.length < 2 || groups.length > MOST_GROUPS) return 1;
  const known = new Map();
  const verdictBetween = (first, stop) => {
    const key = `${first} ${stop}`;
    if (!known.has(key)) {
      const image = preprocess(render(groups.slice(first, stop).flat()));
      known.set(key, verdictOf(network.feedforward(image)));
    }
    return known.get(key);
  };
  for (let cuts = 1; cuts < groups.length; cuts++) {
    for (const between of choices(1, groups.length, cuts)) {
      const bounds = [0, ...between, groups.length];
      const parts = bounds.slice(1).map((stop, i) => verdictBetween(bounds[i], stop));
      if (parts.includes(Verdict.SURE) && !parts.includes(Verdict.NO_DIGIT)) return parts.length;
    }
  }
  return 1;
}

/** Return every way to choose `count` whole numbers from `low` up to, not including, `high`, in order. */
function choices(low, high, count) {
  if (count === 0) return [[]];
  const found = [];
  for (let first = low; first < high; first++) {
    for (const rest of choices(first + 1, high, count - 1)) found.push([first, ...rest]);
  }
  return found;
}

/** Return the paths in groups from left to right, which stand beside each other with clear gaps between them. */
function sideBySide(paths) {
  if (paths.length < 2 || paths.length > MOST) return [];
  const thin = paths.map(thinned);
  const box = (group) => boxOf(group.flatMap((i) => thin[i]));
  const middle = (group) => (box(group).left + box(group).right) / 2;
  return groupsApart(thin, box)
    .sort((one, other) => middle(one) - middle(other))
    .map((group) => group.sort((i, j) => i - j).map((i) => paths[i]));
}

/** Return which of the paths belong together: those that are near, and those that do not stand side by side. */
function groupsApart(paths, box) {
  const distances = paths.map((one, i) => paths.map((other, j) => (i < j ? distance(one, other) : 0)));
  const apart = ([one, other]) =>
    least(one.flatMap((i) => other.map((j) => distances[Math.min(i, j)][Math.max(i, j)])));
  const nearest = (pairs) => pairs.reduce((one, other) => (apart(other) < apart(one) ? other : one));
  const height = (group) => box(group).bottom - box(group).top;
  let groups = paths.map((_, i) => [i]);
  const gap = GAP * height(paths.map((_, i) => i));
  while (groups.length > 1) {
    const pairs = choices(0, groups.length, 2).map(([i, j]) => [groups[i], groups[j]]);
    let [one, other] = nearest(pairs);
    if (apart([one, other]) >= gap) {
      const tallest = most(groups.map(height));
      const wrong = pairs.filter(([one, other]) =>
        !beside(box(one), box(other)) || Math.min(height(one), height(other)) < HEIGHT * tallest);
      if (!wrong.length) break;
      [one, other] = nearest(wrong);
    }
    groups = [...groups.filter((group) => group !== one && group !== other), [...one, ...other]];
  }
  return groups;
}

/** Whether two boxes are level, and neither has its middle above or below the other. */
function beside(one, other) {
  const shared = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const lower = Math.min(one.bottom - one.top, other.bottom - other.top);
  const holds = (box, { left, right }) => box.left <= (left + right) / 2 && (left + right) / 2 <= box.right;
  return shared >= LEVEL * lower && !holds(one, other) && !holds(other, one);
}

function boxOf(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: least(xs), right: most(xs), top: least(ys), bottom: most(ys) };
}

/** Return some points of a path, from its first to its last. */
function thinned(path) {
  const n = Math.min(path.length, NEAR);
  if (n === path.length) return path;
  const step = (path.length - 1) / (n - 1);
  return Array.from({ length: n }, (_, i) => path[i === n - 1 ? path.length - 1 : Math.floor(i * step)]);
}

function distance(one, other) {
  return Math.sqrt(least(one.flatMap(([x, y]) => other.map(([u, v]) => (x - u) ** 2 + (y - v) ** 2))));
}
