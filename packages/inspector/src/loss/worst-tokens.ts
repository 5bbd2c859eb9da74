import { invalidParameter } from '@nexttoken/model';
import type { LossRow, LossTable } from './loss-data';

/**
 * The tokens that a model saw coming least, the most surprising first; of equal ones the earlier.
 * @param count an integer >= 0
 * @throws NextTokenError `invalid-parameter`
 */
export function worstTokens({ rows }: LossTable, count: number): readonly LossRow[] {
  if (!Number.isInteger(count) || count < 0) {
    throw invalidParameter('worstTokens', 'count', count, 'an integer >= 0');
  }
  return rows
    .filter(({ loss }) => loss !== undefined)
    .sort((a, b) => b.loss! - a.loss! || a.position - b.position)
    .slice(0, count);
}
