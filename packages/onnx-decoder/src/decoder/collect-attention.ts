import type { AttentionPatterns } from '@nexttoken/model';
import type { PlannedRun } from './forward-plan';

/**
 * Puts the attention patterns of a call's runs together, `[layers, heads, positions, keys]` a row.
 * @param before cached positions of the rows before the call
 */
export function collectAttention(tokens: readonly Int32Array[], before: readonly number[], layers: number) {
  const lengths = [...before];
  const rows: (AttentionPatterns | null)[] = tokens.map(() => null);
  return {
    rows,
    /** @param parts of each row of the run, `[layers, heads, length, keys up to there]` */
    add(run: PlannedRun, parts: readonly Float32Array[]): void {
      const { length } = run.tokens[0]!;
      parts.forEach((part, index) => {
        const row = run.firstRow + index;
        const width = lengths[row]! + run.offset + length;
        const heads = part.length / (layers * length * width);
        const positions = tokens[row]!.length;
        const keys = lengths[row]! + positions;
        const data = rows[row]?.data ?? new Float32Array(layers * heads * positions * keys);
        rows[row] = { data, layers, heads, positions, keys };
        for (let plane = 0; plane < layers * heads; plane++)
          for (let position = 0; position < length; position++) {
            const from = (plane * length + position) * width;
            const to = (plane * positions + run.offset + position) * keys;
            data.set(part.subarray(from, from + width), to);
          }
      });
    },
  };
}
