import type { GenerationPlan } from '../options/plan-generation';
import type { Row } from '../row/row';
import { endsTooEarly, forcedIds } from './forced-ids';

/**
 * The id that has to come next, where forced tokens are steps of their own; `undefined`: there is a choice. The grammar
 * is asked where jumping forward asks it, once behind each chosen token, so that both append the same ids.
 */
export function takeForced(row: Row, plan: GenerationPlan): number | undefined {
  if (!plan.constrained || plan.jumpForward) return undefined;
  row.forced ??= forcedIds(row, plan);
  const [id, ...rest] = row.forced;
  const hasChoice = id === undefined || endsTooEarly(row, id, plan);
  row.forced = hasChoice ? undefined : rest;
  return hasChoice ? undefined : id;
}
