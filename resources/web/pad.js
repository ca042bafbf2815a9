/*
 * The pad to draw on: hands in, strokes out, painted as vectors, which are as sharp on paper as on a screen.
 */
import { BRUSH, Drawing } from "./drawing.js";
import { ERASER } from "./erasing.js";
import { Pointer } from "./pointer.js";

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 1000; // units of the picture
const KEY_STEP = 1 / 50; // canvas sides: how far an arrow key moves the pen
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Draws what mouse, finger, pen and keys do on an SVG element into a `drawing`. */
export class Pad {
  /** Whether everything that is put down rubs out. */
  erasing = false;
  drawing = new Drawing();
  #svg;
  #ink;
  #ring; // where the eraser is
  #cross; // where the pen of the keys is
  #painted = new Map(); // the line of each path, and how many points it goes through
  #stroke = null; // the path under way
  #rubs = false;
  #place = [0.5, 0.5]; // where the pen was last
  #frame = 0; // in which it will be painted
  #keyDown = false; // whether the keys have put it down
  #pointer;

  /** @param {SVGSVGElement} svg */
  constructor(svg) {
    this.#svg = svg;
    svg.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`);
    this.#ink = svg.appendChild(element("g", { class: "ink", "stroke-width": BRUSH * SIDE }));
    this.#ring = svg.appendChild(element("circle", { class: "ring", r: ERASER * SIDE, hidden: "" }));
    this.#cross = svg.appendChild(element("path", { class: "cross", d: "M-24 0H24M0 -24V24" }));
    this.#pointer = new Pointer(svg, this);
    this.drawing.addEventListener("change", () => this.#paintSoon());
    svg.addEventListener("keydown", (event) => this.#key(event));
    svg.addEventListener("blur", () => this.#lift());
    this.#aim();
  }

  /** Whether the pen is down. */
  get under() {
    return this.#stroke !== null;
  }

  /** Do one of "undo", "redo" and "clear", after what is under way. */
  act(name) {
    if (this.under) this.finish();
    this.drawing[name]();
  }

  // What a hand does

  begin(place, rubs) {
    if (this.under) this.finish();
    this.#svg.classList.remove("keyed");
    this.#rubs = rubs || this.erasing;
    this.#stroke = [place];
    this.#show(place);
  }

  move(place) {
    const before = this.#stroke.at(-1);
    if (place[0] === before[0] && place[1] === before[1]) return;
    this.#stroke.push(place);
    this.#show(before, place);
  }

  finish() {
    this.#end();
    this.drawing.keep();
  }

  cancel() {
    this.#end();
    this.drawing.cancel();
  }

  #end() {
    this.#stroke = null;
    this.#keyDown = false;
    this.#ring.setAttribute("hidden", "");
    this.#pointer.letGo();
  }

  #show(from, to = from) {
    this.#place = to;
    this.#aim();
    if (!this.#rubs) {
      this.drawing.show(this.#stroke);
      return;
    }
    this.#ring.removeAttribute("hidden");
    this.#ring.setAttribute("cx", to[0] * SIDE);
    this.#ring.setAttribute("cy", to[1] * SIDE);
    this.drawing.rub(from, to);
  }

  // Keys: arrows move a pen, and Space puts it down and lifts it

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") {
      event.preventDefault();
      if (this.#keyDown) this.finish();
      else this.begin(this.#place, false);
      this.#svg.classList.add("keyed");
      this.#keyDown = this.under;
    } else if (event.key in ARROWS) {
      event.preventDefault();
      const within = (x) => Math.min(Math.max(x, 0), 1);
      const [dx, dy] = ARROWS[event.key];
      const place = [within(this.#place[0] + dx * KEY_STEP), within(this.#place[1] + dy * KEY_STEP)];
      if (this.#keyDown) this.move(place);
      this.#place = place;
      this.#svg.classList.add("keyed");
      this.#aim();
    }
  }

  #lift() {
    if (this.#keyDown) this.finish();
  }

  #aim() {
    const [x, y] = this.#place;
    this.#cross.setAttribute("transform", `translate(${x * SIDE} ${y * SIDE})`);
  }

  // Painting

  /** Paint once a frame, however many points a hand makes meanwhile. */
  #paintSoon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint() {
    const paths = this.drawing.paths;
    const kept = new Set(paths);
    for (const [path, { line }] of this.#painted) {
      if (!kept.has(path)) {
        line.remove();
        this.#painted.delete(path);
      }
    }
    for (const path of paths) {
      if (!this.#painted.has(path)) {
        this.#painted.set(path, { line: this.#ink.appendChild(element("path", {})), points: 0 });
      }
      const painted = this.#painted.get(path);
      if (painted.points !== path.length) painted.line.setAttribute("d", lineThrough(path));
      painted.points = path.length;
    }
  }
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

/** Return a path of SVG through points: a smooth curve that bends at the middle between each two. */
function lineThrough(path) {
  const at = ([x, y]) => `${(x * SIDE).toFixed(1)} ${(y * SIDE).toFixed(1)}`;
  if (path.length < 3) return `M${at(path[0])}L${at(path.at(-1))}`;
  const curves = path.slice(1, -1).map((point, i) => {
    const next = path[i + 2];
    const end = i === path.length - 3 ? next : [(point[0] + next[0]) / 2, (point[1] + next[1]) / 2];
    return `Q${at(point)} ${at(end)}`;
  });
  return `M${at(path[0])}${curves.join("")}`;
}
