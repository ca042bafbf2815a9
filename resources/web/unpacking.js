/*
 * What the page carries in few bytes: the network's weights, and the places that the eight views come from.
 *
 * They are text (base64) of compressed bytes (deflate). In these, all numbers of four bytes come first: the places,
 * then for each layer a step for each neuron and its bias. After them come the weights, neuron by neuron, each as a
 * number of its neuron's steps: one byte a weight, or a number in half precision.
 */
import { Network } from "./network.js";
import { Nine } from "./nine.js";
import { SIDE } from "./preprocess.js";

/**
 * Return the network, and what makes nine images of one, null for a network that reads once.
 *
 * @param {string} text
 * @param {{layers: {inputs: number, neurons: number, activation: string}[], nine: boolean, half: boolean}} kind
 * @returns {Promise<{network: Network, nine: Nine | null}>}
 */
export async function unpack(text, { layers, nine, half }) {
  const bytes = await inflate(bytesOf(text.trim()));
  let at = 0;
  const floats = (n) => {
    const numbers = new Float32Array(bytes, at, n);
    at += numbers.byteLength;
    return numbers;
  };
  const places = nine ? floats(8 * 2 * SIDE * SIDE) : null;
  const scales = layers.map(({ neurons }) => ({ steps: floats(neurons), biases: floats(neurons) }));
  const unpacked = layers.map(({ inputs, neurons, activation }, layer) => {
    const { steps, biases } = scales[layer];
    const codes = half ? halves(new Uint16Array(bytes, at, inputs * neurons)) : new Int8Array(bytes, at, inputs * neurons);
    at += (half ? 2 : 1) * inputs * neurons;
    const weights = new Float32Array(inputs * neurons);
    for (let j = 0; j < neurons; j++) {
      for (let k = 0; k < inputs; k++) weights[k * neurons + j] = codes[j * inputs + k] * steps[j];
    }
    return { inputs, activation, weights, biases };
  });
  return { network: new Network(unpacked), nine: places && new Nine(places) };
}

/** @param {string} text in base64 */
function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<ArrayBuffer>}
 */
async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

/**
 * Return numbers in half precision, given as their bits.
 *
 * @param {Uint16Array} bits
 * @returns {Float32Array}
 */
function halves(bits) {
  return Float32Array.from(bits, (half) => {
    const [sign, exponent, fraction] = [half >> 15 ? -1 : 1, (half >> 10) & 31, half & 1023];
    return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
  });
}
