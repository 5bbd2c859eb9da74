import type { ConstraintTrace, GenerateEvent } from '@nexttoken/generate';
import type { Tokenizer } from '@nexttoken/model';
import { displayToken } from '../token/display-token';
import { tokenText } from '../token/token-text';

/** One token of a text that a grammar kept to. */
export interface ConstraintRow {
  readonly step: number;
  readonly id: number;
  readonly token: string;
  readonly text: string;
  /** What the grammar said before the token was chosen; absent for one that had to follow (jump-forward). */
  readonly constraint?: ConstraintTrace;
  /** −log₂ of the model's own probability of what is allowed, in bits: 0 where it was not forced at all. */
  readonly forcing?: number;
}

/** How a grammar led a text. */
export interface ConstraintTable {
  readonly rows: readonly ConstraintRow[];
  /** Tokens that were chosen among those allowed, and tokens that were appended without a forward pass. */
  readonly chosen: number;
  readonly appended: number;
  /** Σ of `forcing`, in bits: how far the grammar led the model from what it would have written. */
  readonly forcing: number;
  /** Where it was forced hardest. */
  readonly hardest?: ConstraintRow;
}

/**
 * How hard a grammar forced each token of a generated row, from the events of `generate` with `capture: { trace: true }`.
 *
 * `forcing = −log₂ Σ softmax(logits)[allowed]`; the sum over steps is the bits of the model's own distribution that the
 * grammar cut away.
 *
 * @param row which row, where the events are of several; default 0
 */
export function constraintTable(
  events: Iterable<GenerateEvent>,
  tokenizer?: Tokenizer,
  row = 0,
): ConstraintTable {
  const rows: ConstraintRow[] = [];
  const line = (step: number, id: number) => ({
    step,
    id,
    token: displayToken(tokenizer, id),
    text: tokenText(tokenizer, id),
  });
  for (const event of events) {
    if (event.type === 'forced' && event.row === row) {
      rows.push(...event.ids.map((id, index) => line(event.step + index, id)));
    }
    if (event.type !== 'step' || event.row !== row) continue;
    const [constraint] = (event as { readonly constraints?: readonly ConstraintTrace[] }).constraints ?? [];
    if (!constraint) continue;
    const forcing = Math.max(0, -Math.log2(constraint.allowedProbability));
    rows.push({ ...line(event.step, event.id), constraint, forcing });
  }
  const chosen = rows.filter(({ constraint }) => constraint);
  const hardest = chosen.reduce<ConstraintRow | undefined>(
    (most, next) => (!most || next.forcing! > most.forcing! ? next : most),
    undefined,
  );
  return {
    rows,
    chosen: chosen.length,
    appended: rows.length - chosen.length,
    forcing: chosen.reduce((sum, { forcing = 0 }) => sum + forcing, 0),
    ...(hardest && { hardest }),
  };
}
