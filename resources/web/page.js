/*
 * The page: what is drawn on the pad is read by the network, and what comes of it is shown.
 */
import { render } from "./ink.js";
import { Pad } from "./pad.js";
import { preprocess, SIDE } from "./preprocess.js";
import { read, Verdict } from "./reading.js";
import { digitsIn } from "./several.js";
import { unpack } from "./unpacking.js";

const REST_MS = 800; // without another reading: then the hand rests, and the answer is said
const NUMBERS = { 2: "Two", 3: "Three", 4: "Four" };
const TOO_OLD = "This browser is too old for this page: Chrome 103, Firefox 113, Safari 16.4 and newer can open it.";

const byId = (id) => document.getElementById(id);
/** What the page knows of its network, from the file it was made of. */
export const facts = JSON.parse(byId("facts").textContent);

/** The pad; whatever is drawn on it is in `pad.drawing`. */
export const pad = new Pad(byId("pad"));
/** What reads, once it is there: `network`, and `nine`, which is null where a drawing is read once. */
export const reader = { network: null, nine: null };

/** Return the reading of what the pen's paths show, and how many digits they seem to be. */
export function readPaths(paths) {
  const image = paths.length ? preprocess(render(paths)) : null;
  const reading = read(reader.network, image, reader.nine);
  return { image, reading, digits: digitsIn(reader.network, paths, reading) };
}

// What is shown

/** Return the answer as it is shown: what stands in large type, how far to trust it, and why. */
function wordsFor({ verdict, digit, runnerUp, outputs, certain }, digits) {
  const [first, second] = [outputs[digit].toFixed(2), outputs[runnerUp].toFixed(2)];
  if (verdict === Verdict.BLANK) return ["Draw a digit", "", ""];
  if (digits > 1) {
    const many = NUMBERS[digits] ?? "Many";
    return [`${many} digits?`, `This looks like ${many.toLowerCase()} digits`, "Draw one at a time."];
  }
  if (verdict === Verdict.UNSURE) {
    return [`${digit} or ${runnerUp}`, "Not sure", `Outputs: ${first} for ${digit}, ${second} for ${runnerUp}`];
  }
  if (verdict === Verdict.NO_DIGIT) {
    const highest = `No neuron takes this for its digit. The highest output is ${first}, for ${digit}.`;
    return ["No digit", "All outputs are low", highest];
  }
  const behind = certain ? "far behind" : `with ${second}`;
  return [String(digit), certain ? "Certain" : "Likely", `Output ${first}. Next is ${runnerUp}, ${behind}.`];
}

function showAnswer(reading, digits) {
  const words = wordsFor(reading, digits);
  ["answer", "verdict", "detail"].forEach((id, i) => (byId(id).textContent = words[i]));
  byId("answer").dataset.verdict = digits > 1 ? Verdict.NO_DIGIT : reading.verdict;
  sayWhenTheHandRests(reading.verdict === Verdict.BLANK ? "" : `${words[0]}. ${words[1]}.`);
}

let rest = 0;
function sayWhenTheHandRests(sentence) {
  clearTimeout(rest);
  rest = setTimeout(() => {
    if (pad.under) sayWhenTheHandRests(sentence);
    else if (byId("spoken").textContent !== sentence) byId("spoken").textContent = sentence;
  }, REST_MS);
}

const bars = Array.from({ length: 10 }, (_, digit) => {
  const row = byId("outputs").querySelector("ol").appendChild(document.createElement("li"));
  const [name, track, number] = ["span", "div", "span"].map((tag) => row.appendChild(document.createElement(tag)));
  name.textContent = String(digit);
  track.className = "track";
  return { row, bar: track.appendChild(document.createElement("div")), number };
});

function showOutputs({ verdict, outputs, digit }) {
  bars.forEach(({ row, bar, number }, i) => {
    const blank = verdict === Verdict.BLANK;
    bar.style.transform = `scaleX(${blank || outputs[i] < 0.005 ? 0 : outputs[i]})`; // as far as the number tells
    number.textContent = blank ? "" : outputs[i].toFixed(2);
    row.classList.toggle("best", !blank && i === digit);
    row.classList.toggle("sure", verdict === Verdict.SURE);
  });
}

const views = Array.from({ length: 9 }, () => {
  const item = byId("nine").querySelector("ol").appendChild(document.createElement("li"));
  const picture = item.appendChild(document.createElement("canvas"));
  picture.width = picture.height = SIDE;
  return { item, picture, word: item.appendChild(document.createElement("span")) };
});

function showSeen(image, { verdict, digit, nine }) {
  paint(byId("image"), image);
  byId("image").setAttribute("aria-label", image ? "The drawing in 28 by 28 greys" : "Nothing yet");
  const answer = verdict === Verdict.NO_DIGIT ? null : digit;
  byId("agree").textContent = nine ? `${nine.agree} of 9 agree` : "";
  views.forEach(({ item, picture, word }, i) => {
    paint(picture, nine && nine.images[i]);
    word.textContent = nine ? (nine.digits[i] ?? "–") : "";
    item.classList.toggle("differs", Boolean(nine) && nine.digits[i] !== answer);
  });
}

/** Paint 784 greys on black, as MNIST is shown. */
function paint(picture, greys) {
  const pixels = new ImageData(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    pixels.data.fill(greys ? Math.round(255 * greys[i]) : 0, 4 * i, 4 * i + 3);
    pixels.data[4 * i + 3] = 255;
  }
  picture.getContext("2d").putImageData(pixels, 0, 0);
}

function showTools() {
  byId("undo").disabled = !pad.drawing.canUndo;
  byId("redo").disabled = !pad.drawing.canRedo;
  byId("clear").disabled = !pad.drawing.paths.length;
  byId("invitation").hidden = pad.drawing.paths.length > 0;
}

function showStory() {
  byId("name").textContent = facts.name;
  document.title = facts.name ? `${facts.name} · digitpad` : "digitpad";
  for (const [name, value] of facts.story) {
    byId("story").appendChild(document.createElement("dt")).textContent = name;
    const told = byId("story").appendChild(document.createElement("dd"));
    told.textContent = value;
    told.dir = "auto"; // it may be of any language
  }
}

// What happens

let waiting = 0;
/** Read and show once a frame, however much a hand draws meanwhile. */
function readSoon() {
  waiting ||= requestAnimationFrame(() => {
    waiting = 0;
    showTools();
    if (!reader.network) return;
    const { image, reading, digits } = readPaths(pad.drawing.paths);
    showAnswer(reading, digits);
    showOutputs(reading);
    showSeen(image, reading);
  });
}

function toggleEraser() {
  pad.erasing = !pad.erasing;
  byId("eraser").setAttribute("aria-pressed", String(pad.erasing));
}

function onKey(event) {
  const key = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey) return;
  if (command && key === "z") pad.act(event.shiftKey ? "redo" : "undo");
  else if (command && key === "y") pad.act("redo");
  else if (!command && key === "escape" && pad.under) pad.cancel();
  else if (!command && ["c", "escape", "delete"].includes(key)) pad.act("clear");
  else if (!command && key === "e") toggleEraser();
  else return;
  event.preventDefault();
}

async function start() {
  showStory();
  showTools();
  for (const name of ["undo", "redo", "clear"]) byId(name).addEventListener("click", () => pad.act(name));
  byId("eraser").addEventListener("click", toggleEraser);
  document.addEventListener("keydown", onKey);
  pad.drawing.addEventListener("change", readSoon);
  try {
    Object.assign(reader, await unpack(byId("weights").textContent, facts.network));
  } catch (error) {
    byId("answer").textContent = "Cannot read";
    byId("detail").textContent = "DecompressionStream" in window ? String(error) : TOO_OLD;
    return;
  }
  byId("nine").hidden = byId("how-nine").hidden = !reader.nine;
  document.documentElement.dataset.ready = "";
  performance.mark("ready");
  readSoon(); // what was drawn meanwhile
}

start();
