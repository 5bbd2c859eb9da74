import type { Logits } from '@nexttoken/model';

/**
 * The logits that a session lends out. `spoil` ends the loan: it reports buffers that were written to
 * and fills them with NaN, so that whoever kept one notices.
 */
export function createLogitsBuffers(vocabSize: number, onOverwritten: () => void) {
  let lent: { readonly data: Float32Array; readonly original: Float32Array }[] = [];
  return {
    create(positions: readonly ArrayLike<number>[]): Logits {
      const data = new Float32Array(positions.length * vocabSize);
      for (const [position, logits] of positions.entries())
        data.set(Array.from(logits), position * vocabSize);
      lent.push({ data, original: data.slice() });
      return { data, positions: positions.length, vocabSize };
    },
    spoil(): void {
      for (const { data, original } of lent) {
        if (data.some((value, index) => !Object.is(value, original[index]))) onOverwritten();
        data.fill(Number.NaN);
      }
      lent = [];
    },
  };
}
