import { checkIdsInRow } from './check-ids-in-row';

/**
 * Leaves nothing but these tokens, each with the score 0.
 * @throws NextTokenError `invalid-token-id` for an id that the row does not have; the row is untouched then
 */
export function forceIds(owner: string, scores: Float32Array, ids: readonly number[]): void {
  checkIdsInRow(owner, ids, scores);
  scores.fill(Number.NEGATIVE_INFINITY);
  for (const id of ids) scores[id] = 0;
}
