import type { LogitsProcessor } from '@nexttoken/model';

/** What the `hammingDiversity` processors among these take away from an id, at most 0. */
export function diversityOf(
  processors: readonly LogitsProcessor[],
  chosenThisStep: readonly number[],
  id: number,
): number {
  const count = chosenThisStep.filter((chosen) => chosen === id).length;
  if (count === 0) return 0;
  return processors.reduce((sum, { type, parameters }) => {
    return type === 'hammingDiversity' ? sum - count * (parameters.penalty as number) : sum;
  }, 0);
}
