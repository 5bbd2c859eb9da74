import {
  type Capabilities,
  type ForwardOptions,
  invalidParameter,
  NextTokenError,
  type RowTokens,
} from '@nexttoken/model';
import type { Engine } from './engine.js';

/** Everything that `forward` checks before anything runs, so that a wrong call changes nothing. */
export function checkRows(
  rows: readonly RowTokens[],
  lengths: readonly number[],
  { engine, capabilities }: { readonly engine: Engine; readonly capabilities: Capabilities },
  { capture, top }: ForwardOptions,
): void {
  for (const capability of ['hiddenStates', 'attention'] as const) {
    if (!capture?.[capability] || capabilities[capability]) continue;
    throw new NextTokenError('unsupported-capability', `${capability} are not offered`, { capability });
  }
  if (top !== undefined && !capabilities.topLogits) {
    const capability = 'topLogits';
    throw new NextTokenError('unsupported-capability', 'top: whole rows of logits only', { capability });
  }
  if (rows.length !== lengths.length)
    throw invalidParameter('forward', 'rows', rows.length, `${lengths.length} entries, one a row`);
  if (rows.every((ids) => ids.length === 0))
    throw new NextTokenError('empty-prompt', 'forward: every row is empty');
  const { vocabSize, contextLength } = engine;
  for (const [row, ids] of rows.entries()) {
    for (const id of Array.from(ids)) {
      if (Number.isInteger(id) && id >= 0 && id < vocabSize) continue;
      const details = { id: Number.isFinite(id) ? id : String(id), vocabSize, row };
      throw new NextTokenError('invalid-token-id', `id ${id} is not in [0, ${vocabSize})`, details);
    }
    const length = lengths[row]! + ids.length;
    if (length <= contextLength) continue;
    const details = { length, contextLength, row };
    throw new NextTokenError(
      'context-overflow',
      `${length} positions, ${contextLength} are possible`,
      details,
    );
  }
}
