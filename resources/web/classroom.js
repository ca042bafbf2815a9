/*
 * A pad in a class room: it asks for a digit and sends what is drawn to the server that served it, strokes only.
 */
import { pad } from "./page.js";

const POLL_MS = 5000; // between two looks at what is asked for
const ANSWER_MS = 8000; // after which no answer comes any more: a computer asleep hangs up on nobody
const MOST_POINTS = 2000; // of a drawing, that are taken
const KEEP = 1e4; // places are sent in steps of one part of so many of the pad's side

const place = { seat: 0, sent: 0, asked: null };
let digit = null; // that what is on the pad was asked for: another is asked for with the next drawing
let sending = false;
let tried = { paths: null, number: 0 }; // what was sent last: sent again it has the same number, and comes once
let trouble = ""; // why the last thing did not go

const card = document.createElement("section");
card.id = "classroom";
card.setAttribute("aria-label", "What to draw for the class");
const [asked, state, send] = ["p", "p", "button"].map((tag) => card.appendChild(document.createElement(tag)));
asked.className = "asked";
asked.setAttribute("aria-live", "polite");
state.className = "state";
state.setAttribute("role", "status");
send.type = "button";
send.textContent = "Send";
send.title = "Send the drawing (Enter)";
document.querySelector("main").before(card);
document.getElementById("sends").textContent =
  "All of it happens on this page. Send gives your strokes, and the digit you were asked for, to the teacher's computer.";

function show() {
  if (digit === null || !pad.drawing.paths.length) digit = place.asked;
  asked.textContent = digit === null ? "Joining…" : `Draw a ${digit}`.replace("a 8", "an 8");
  state.textContent = trouble || (place.seat ? `Seat ${place.seat} · ${place.sent} sent` : "");
  state.classList.toggle("trouble", trouble !== "");
  send.disabled = sending || digit === null || !pad.drawing.paths.length;
}

/** Ask the server, and take in what it tells; its sentence is thrown where it refuses. */
async function ask(address, request = {}) {
  const signal = AbortSignal.timeout(ANSWER_MS);
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", signal, ...request });
  if (answer.status === 401) location.assign("/");
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.trouble);
  Object.assign(place, told);
}

/** Return what is drawn, in lists of places [x, y]; of a drawing with too many, every so many-th. */
function strokes() {
  const paths = pad.drawing.paths;
  const step = Math.ceil(paths.reduce((n, path) => n + path.length, 0) / (MOST_POINTS / 2));
  const within = (x) => Math.round(KEEP * Math.min(1, Math.max(0, x))) / KEEP;
  return paths.map((path) =>
    path.filter((_, i) => i % step === 0 || i === path.length - 1).map(([x, y]) => [within(x), within(y)]),
  );
}

async function sendDrawing() {
  if (send.disabled) return;
  if (pad.under) pad.finish();
  const sent = pad.drawing.paths;
  if (sent !== tried.paths) tried = { paths: sent, number: Math.floor(Math.random() * 2 ** 31) };
  const body = JSON.stringify({ label: digit, strokes: strokes(), number: tried.number });
  sending = true;
  show();
  try {
    await ask("/drawing", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    pad.drawing.remove(sent); // and nothing of the next one, which may be begun
    trouble = "";
  } catch (error) {
    trouble = reason(error);
  }
  sending = false;
  show();
}

/** Return why something did not go: the server's sentence, or that there is no server any more. */
function reason(error) {
  const silent = error instanceof TypeError || error.name === "TimeoutError";
  return silent ? "The teacher's computer does not answer: the room may be closed." : error.message;
}

async function look() {
  try {
    if (!sending) await ask("/place");
    trouble = "";
  } catch (error) {
    trouble = reason(error);
  }
  show();
  setTimeout(look, POLL_MS);
}

send.addEventListener("click", sendDrawing);
pad.drawing.addEventListener("change", show);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) sendDrawing();
});
show();
look();
