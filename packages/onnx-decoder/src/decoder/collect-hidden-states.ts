import type { HiddenStates } from '@nexttoken/model';
import type { PlannedRun } from './forward-plan';

export interface HiddenStateSizes {
  /** Embeddings included; 0 where the graph gives none out. */
  readonly layers: number;
  readonly width: number;
}

/** Puts the hidden states of a call's runs together, `[layers, positions, width]` a row. */
export function collectHiddenStates(tokens: readonly Int32Array[], { layers, width }: HiddenStateSizes) {
  const rows: (HiddenStates | null)[] = tokens.map(({ length: positions }) =>
    positions === 0 ? null : { data: new Float32Array(layers * positions * width), layers, positions, width },
  );
  return {
    rows,
    /** @param parts of each row of the run, `[layers, length, width]` */
    add(run: PlannedRun, parts: readonly Float32Array[]): void {
      parts.forEach((part, index) => {
        const { data, positions } = rows[run.firstRow + index]!;
        const size = part.length / layers;
        for (let layer = 0; layer < layers; layer++)
          data.set(part.subarray(layer * size, (layer + 1) * size), (layer * positions + run.offset) * width);
      });
    },
  };
}
