import { NextTokenError } from '@nexttoken/model';

/** @throws NextTokenError `invalid-token-id` for the first id that the row does not have */
export function checkIdsInRow(owner: string, ids: readonly number[], scores: Float32Array): void {
  const vocabSize = scores.length;
  for (const id of ids) {
    if (id >= vocabSize) {
      throw new NextTokenError('invalid-token-id', `${owner}: id ${id} is not below ${vocabSize}`, {
        owner,
        id,
        vocabSize,
      });
    }
  }
}
