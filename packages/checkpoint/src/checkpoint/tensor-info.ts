/** A stored tensor, without its numbers. */
export interface TensorInfo {
  /** Hugging Face's name, e.g. `model.layers.0.self_attn.q_proj.weight`. */
  readonly name: string;
  /** Row-major, slowest dimension first: `[rows, columns]` of a weight; `[]` for a single number. */
  readonly shape: readonly number[];
  /** As the file names it, e.g. `F32`, `BF16`, `Q4_1`; `AWQ4`, `GPTQ4`, … for a weight made of parts. */
  readonly dtype: string;
  /** Whether `read` can turn this dtype into float32. */
  readonly readable: boolean;
  /** Stored size; for a dtype of unknown size the room up to the next tensor. */
  readonly byteLength: number;
  /** Name of the file that holds it. */
  readonly source: string;
  /**
   * For a weight that several stored tensors make (AWQ, GPTQ, scaled 8-bit floats): these, under their stored
   * names, by which `readBytes` gives them.
   */
  readonly parts?: readonly TensorInfo[];
}
