/*
 * What is drawn, and the way back: paths of a pen, of which only the one under way still grows, and a list of them for
 * each step.
 */
import { erased } from "./erasing.js";

export const BRUSH = 0.055; // canvas sides: how wide lines are, for the eye alone

/** A drawing that grows, and whose every step can be undone. Says "change" whenever `paths` are others. */
export class Drawing extends EventTarget {
  #done = [[]]; // what was there after each step, the empty drawing first
  #undone = [];
  #under = null; // what is there while a stroke is under way

  /** Everything that is drawn, the stroke under way included. @returns {import("./ink.js").Path[]} */
  get paths() {
    return this.#under ?? this.#done.at(-1);
  }

  get canUndo() {
    return this.#done.length > 1;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** Show a stroke that is under way: `path` is all of it so far. */
  show(path) {
    this.#under = [...this.#done.at(-1), path];
    this.#tell();
  }

  /** Rub out on the way from one place to another; it is one step with what was rubbed out before. */
  rub(from, to) {
    this.#under = erased(this.paths, from, to, BRUSH);
    this.#tell();
  }

  /** Keep what is under way as a step. */
  keep() {
    if (this.#under && !same(this.#under, this.#done.at(-1))) {
      this.#done.push(this.#under);
      this.#undone = [];
    }
    this.#under = null;
    this.#tell();
  }

  /** Forget what is under way. */
  cancel() {
    this.#under = null;
    this.#tell();
  }

  clear() {
    this.#under = [];
    this.keep();
  }

  /** Take those of `paths` that are there away, as a step; a stroke under way goes on. */
  remove(paths) {
    const others = (all) => all.filter((path) => !paths.includes(path));
    const left = others(this.#done.at(-1));
    if (same(left, this.#done.at(-1))) return;
    this.#done.push(left);
    this.#undone = [];
    this.#under &&= others(this.#under);
    this.#tell();
  }

  undo() {
    if (this.canUndo) this.#undone.push(this.#done.pop());
    this.cancel();
  }

  redo() {
    if (this.canRedo) this.#done.push(this.#undone.pop());
    this.cancel();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

function same(one, other) {
  return one.length === other.length && one.every((path, i) => path === other[i]);
}
