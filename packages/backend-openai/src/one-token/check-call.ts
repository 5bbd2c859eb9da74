import {
  type Capabilities,
  type ForwardOptions,
  invalidParameter,
  NextTokenError,
  type RowTokens,
} from '@nexttoken/model';

const owner = 'openAITokenModel';

/** @throws NextTokenError `unsupported-capability` */
function refuse(capability: string): NextTokenError {
  return new NextTokenError('unsupported-capability', `${owner}: a server gives no ${capability}`, {
    capability,
  });
}

/** @throws NextTokenError `unsupported-capability`, `invalid-parameter` */
export function checkOptions({ logits, capture, top }: ForwardOptions): void {
  if (logits === 'all') throw refuse('allPositions');
  if (logits !== undefined && logits !== 'last' && logits !== 'none')
    throw invalidParameter('forward', 'logits', logits, "'last' or 'none'");
  if (capture?.hiddenStates) throw refuse('hiddenStates');
  if (capture?.attention) throw refuse('attention');
  if (top !== undefined) throw refuse('topLogits');
}

/** @throws NextTokenError as `Session.forward` documents */
export function checkRows(
  rows: readonly RowTokens[],
  lengths: readonly number[],
  vocabSize: number,
  { contextLength }: Capabilities,
): void {
  if (!Array.isArray(rows) || rows.length !== lengths.length)
    throw invalidParameter('forward', 'rows', rows?.length, `an array of ${lengths.length} rows`);
  for (const [row, tokens] of rows.entries())
    for (const id of Array.from(tokens as ArrayLike<number>)) {
      if (Number.isInteger(id) && id >= 0 && id < vocabSize) continue;
      const details = { id: Number.isFinite(id) ? id : String(id), row, vocabSize };
      throw new NextTokenError('invalid-token-id', `forward: id ${id} is not in [0, ${vocabSize})`, details);
    }
  if (rows.every(({ length }) => length === 0))
    throw new NextTokenError('empty-prompt', 'forward: every row is empty, there is nothing to compute');
  for (const [row, tokens] of rows.entries()) {
    const length = lengths[row]! + tokens.length;
    if (length <= contextLength) continue;
    const message = `row ${row} would have ${length} positions, the context holds ${contextLength}`;
    throw new NextTokenError('context-overflow', message, { row, length, contextLength });
  }
}

/** @throws NextTokenError `invalid-parameter` */
export function checkParents(parents: readonly number[], rowCount: number): void {
  for (const parent of parents)
    if (!Number.isInteger(parent) || parent < -1 || parent >= rowCount)
      throw invalidParameter('select', 'parents', parent, `whole numbers from -1 to ${rowCount - 1}`);
}

/** @throws NextTokenError `invalid-parameter` */
export function checkLengths(lengths: readonly number[], present: readonly number[]): void {
  if (lengths.length !== present.length)
    throw invalidParameter('truncate', 'lengths', lengths.length, `${present.length} entries, one a row`);
  for (const [row, length] of lengths.entries())
    if (!Number.isInteger(length) || length < 0 || length > present[row]!)
      throw invalidParameter(
        'truncate',
        `lengths[${row}]`,
        length,
        `a whole number from 0 to ${present[row]}`,
      );
}
