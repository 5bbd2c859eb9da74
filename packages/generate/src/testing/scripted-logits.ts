/**
 * Logits whose greedy continuation of any prompt of `promptLength` ids is `script`: the next id of the
 * script has 5, behind its end the id 0; all others have 0.
 */
export function scriptedLogits(
  vocabSize: number,
  promptLength: number,
  script: readonly number[],
): (ids: readonly number[]) => number[] {
  return (ids) => {
    const logits = new Array<number>(vocabSize).fill(0);
    logits[script[ids.length - promptLength] ?? 0] = 5;
    return logits;
  };
}
