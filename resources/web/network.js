/*
 * The network of the book: layers of neurons, each fully connected to the next, as `nn/network.py` has it.
 */

/** What a neuron makes of its weighted input z. */
const ACTIVATIONS = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => Math.max(z, 0),
};

/**
 * A layer: `weights` are input by input, those from one input to all neurons beside each other; `biases` (n,).
 *
 * @typedef {{inputs: number, activation: string, weights: Float32Array, biases: Float32Array}} Layer
 */

/** A feedforward network. */
export class Network {
  /** @param {Layer[]} layers */
  constructor(layers) {
    this.layers = layers;
  }

  /**
   * Return the outputs for one input: layer by layer, a' = sigma(w a + b).
   *
   * @param {Float32Array} input 784 greys in [0, 1]
   * @returns {Float64Array} ten outputs in [0, 1], one per digit
   */
  feedforward(input) {
    let a = input;
    for (const { weights, biases, activation } of this.layers) {
      const z = Float64Array.from(biases);
      const n = z.length;
      for (let k = 0; k < a.length; k++) {
        const given = a[k];
        if (given === 0) continue; // paper, and neurons that do not fire: most of them
        const first = k * n;
        for (let j = 0; j < n; j++) z[j] += given * weights[first + j];
      }
      a = z.map(ACTIVATIONS[activation]);
    }
    return a;
  }
}
