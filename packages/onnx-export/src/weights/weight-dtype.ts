/**
 * What numbers the weights are in the graph.
 *
 * - `fp32`: every weight as float32.
 * - `fp16`: stored as float16, turned into float32 where they are used.
 * - `q8`: matrices in blocks of 8-bit integers with a scale each (MatMulNBits).
 * - `q4`: the same with 4 bits; embedding and output layer keep 8.
 * - `int8`: matrices as 8-bit integers with a scale for each output; activations become 8-bit integers for the
 *   product (MatMulInteger).
 *
 * Blocks that a file holds already (Q4_0, Q4_1, Q4_K, Q8_0, Q6_K of GGUF, AWQ, GPTQ) go into `q4` and `q8` as they are, never
 * quantized anew; what is stored in more bits is rounded, symmetrically in blocks of 32. Norms and biases are
 * float32 always.
 */
export type WeightDtype = 'fp32' | 'fp16' | 'q8' | 'q4' | 'int8';

export const weightDtypes: readonly WeightDtype[] = ['fp32', 'fp16', 'q8', 'q4', 'int8'];

/**
 * What a product may do with its activations: `exact` keeps what a float32 holds of them (the result differs from
 * float32 weights of the same values by rounding alone), `fast` may keep 8 or 16 bits where that does little harm,
 * and 8 of the offsets of a file's 4-bit blocks (layout `caller-cache`).
 */
export type WeightPrecision = 'exact' | 'fast';

export const weightPrecisions: readonly WeightPrecision[] = ['exact', 'fast'];
