import { type HiddenStates, NextTokenError } from '@nexttoken/model';

/** Hidden states of the last layer as directions, of all positions so far. */
export class ContextDirections {
  readonly #directions: Float64Array[] = [];

  /** The directions of the positions of an answer, shape `[width]` each. */
  static of(states: HiddenStates | null | undefined): Float64Array[] {
    if (!states) throw new NextTokenError('backend-failed', 'contrastiveSearch: there are no hidden states');
    const { data, layers, positions, width } = states;
    const last = data.subarray((layers - 1) * positions * width);
    return Array.from({ length: positions }, (_, position) => {
      const vector = Float64Array.from(last.subarray(position * width, (position + 1) * width));
      const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
      return length > 0 ? vector.map((value) => value / length) : vector;
    });
  }

  add(directions: readonly Float64Array[]): void {
    this.#directions.push(...directions);
  }

  /** The greatest cosine similarity with any of them. */
  closeness(direction: Float64Array): number {
    let closest = -1;
    for (const other of this.#directions) {
      let cosine = 0;
      for (let index = 0; index < other.length; index++) cosine += other[index]! * direction[index]!;
      closest = Math.max(closest, cosine);
    }
    return closest;
  }
}
