/** One constant of the graph and the checkpoint tensors it is made of, joined along the rows. */
export interface PlannedWeight {
  readonly name: string;
  /** Names of checkpoint tensors; more than one are joined along their first axis. */
  readonly parts: readonly string[];
  readonly shape: readonly number[];
  readonly offset: number;
  readonly byteLength: number;
}

const alignment = 4096;

/** Gives each weight its place in the external-data file, on page borders so that it can be mapped. */
export class WeightPlan {
  readonly weights: PlannedWeight[] = [];
  #end = 0;

  add(name: string, parts: readonly string[], shape: readonly number[]): PlannedWeight {
    const offset = Math.ceil(this.#end / alignment) * alignment;
    const byteLength = shape.reduce((product, size) => product * size, 4);
    const weight = { name, parts, shape, offset, byteLength };
    this.weights.push(weight);
    this.#end = offset + byteLength;
    return weight;
  }

  /** Bytes of the whole file. */
  get byteLength(): number {
    return this.#end;
  }
}
