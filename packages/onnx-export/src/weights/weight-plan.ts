import { elementBytes } from '../proto/onnx-model';
import type { WeightEncoding, WeightRegion } from './encodings/weight-encoding';
import type { WeightPart } from './weight-part';

/** One array in the external file. */
export interface PlannedRegion extends WeightRegion {
  readonly offset: number;
  readonly byteLength: number;
}

/** One weight of the graph, what it is made of (joined along the rows), and where its arrays lie. */
export interface PlannedWeight {
  readonly name: string;
  readonly parts: readonly WeightPart[];
  readonly encoding: WeightEncoding;
  readonly regions: readonly PlannedRegion[];
}

const alignment = 4096;

/** Gives each array its place in the external-data file, on page borders so that it can be mapped. */
export class WeightPlan {
  readonly weights: PlannedWeight[] = [];
  #end = 0;

  add(name: string, parts: readonly WeightPart[], encoding: WeightEncoding): PlannedWeight {
    const regions = encoding.regions.map((region) => {
      const offset = Math.ceil(this.#end / alignment) * alignment;
      const byteLength = region.shape.reduce((product, size) => product * size, elementBytes[region.type]);
      this.#end = offset + byteLength;
      return { ...region, offset, byteLength };
    });
    const weight = { name, parts, encoding, regions };
    this.weights.push(weight);
    return weight;
  }

  /** Bytes of the whole file. */
  get byteLength(): number {
    return this.#end;
  }
}
