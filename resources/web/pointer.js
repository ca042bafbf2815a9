/*
 * Which of mouse, fingers and pens draws: one at a time, from where it is put down to where it is lifted.
 *
 * Whoever began a stroke goes on with it, and whatever else is pressed meanwhile draws nothing. But a pen that is put
 * down takes the pad from a finger, which is of the hand that holds it; and of two fingers the one that moves first
 * draws: the other is a palm.
 */

const RESTING = 8; // pixels: a palm moves no further while it lies there
const RIGHT = 2; // the button of a mouse that rubs out
const RUBS = 32; // the other end of a pen

/** Turns pointer events on an element into strokes. */
export class Pointer {
  #pad;
  #hand;
  #source = null; // who draws: { id, kind, first, rested }
  #other = null; // a second finger that has not moved yet: { id, path }

  /**
   * @param {Element} pad
   * @param {{begin(place: [number, number], rubs: boolean): void, move(place: [number, number]): void,
   *   finish(): void, cancel(): void}} hand draws; places are in sides of the pad, from 0 to 1
   */
  constructor(pad, hand) {
    this.#pad = pad;
    this.#hand = hand;
    pad.addEventListener("pointerdown", (event) => this.#down(event));
    pad.addEventListener("pointermove", (event) => this.#move(event));
    pad.addEventListener("pointerup", (event) => this.#up(event));
    pad.addEventListener("pointercancel", (event) => this.#gone(event));
    pad.addEventListener("contextmenu", (event) => event.preventDefault()); // the right button rubs out
  }

  /** Know that the stroke is over; what is still pressed draws nothing until it is pressed anew. */
  letGo() {
    this.#source = this.#other = null;
  }

  #down(event) {
    if (event.button !== 0 && event.button !== RIGHT && !(event.buttons & RUBS)) return;
    if (event.pointerType !== "mouse") event.preventDefault();
    this.#pad.setPointerCapture(event.pointerId);
    const source = this.#source;
    if (source?.kind === "touch" && event.pointerType === "pen") {
      this.#hand.cancel();
      this.#begin(event, [event]);
    } else if (source?.kind === "touch" && event.pointerType === "touch" && source.rested) {
      this.#other = { id: event.pointerId, path: [event] };
    } else if (!source || source.id === event.pointerId) {
      this.#begin(event, [event]);
    }
  }

  #move(event) {
    const events = event.getCoalescedEvents?.() ?? [];
    const path = events.length ? events : [event];
    if (event.pointerId === this.#source?.id) {
      path.forEach((one) => this.#extend(one));
    } else if (event.pointerId === this.#other?.id) {
      const moved = this.#other.path;
      moved.push(...path);
      if (away(event, moved[0]) > RESTING) {
        this.#hand.cancel(); // of the palm
        this.#begin(event, moved);
      }
    }
  }

  #up(event) {
    if (event.pointerId === this.#source?.id) {
      this.#extend(event);
      this.letGo();
      this.#hand.finish();
    } else if (event.pointerId === this.#other?.id) {
      this.#other = null;
    }
  }

  #gone(event) {
    if (event.pointerId === this.#source?.id) {
      this.letGo();
      this.#hand.cancel();
    }
  }

  #begin({ pointerId, pointerType, button, buttons }, [first, ...path]) {
    this.#source = { id: pointerId, kind: pointerType, first, rested: true };
    this.#hand.begin(this.#placeOf(first), button === RIGHT || Boolean(buttons & RUBS));
    path.forEach((one) => this.#extend(one));
  }

  #extend(event) {
    const source = this.#source;
    if (source.rested && away(event, source.first) > RESTING) {
      source.rested = false;
      this.#other = null;
    }
    this.#hand.move(this.#placeOf(event));
  }

  /** Return a place on the pad; a hand that slides off draws along its edge. */
  #placeOf({ clientX, clientY }) {
    const { left, top, width, height } = this.#pad.getBoundingClientRect();
    const within = (x) => Math.min(Math.max(x, 0), 1);
    return [within((clientX - left) / width), within((clientY - top) / height)];
  }
}

function away(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}
