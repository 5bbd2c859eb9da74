import {
  type ForwardOptions,
  invalidParameter,
  type LanguageModel,
  NextTokenError,
  type RowTokens,
} from '@nexttoken/model';

const refuse = (capability: string, call: string): NextTokenError =>
  new NextTokenError('unsupported-capability', `${call}: the model does not offer ${capability}`, {
    capability,
  });

/** @throws NextTokenError `unsupported-capability` */
export function checkCapability(
  model: LanguageModel,
  name: 'allPositions' | 'hiddenStates' | 'attention' | 'select' | 'truncate' | 'fork',
  call: string,
): void {
  if (!model.capabilities[name]) throw refuse(name, call);
}

/** @throws NextTokenError `unsupported-capability`, `invalid-parameter` */
export function checkForwardOptions(model: LanguageModel, { logits, capture, top }: ForwardOptions): void {
  if (logits !== undefined && !['last', 'all', 'none'].includes(logits))
    throw invalidParameter('forward', 'logits', logits, "'last', 'all' or 'none'");
  if (logits === 'all') checkCapability(model, 'allPositions', 'forward');
  for (const name of ['hiddenStates', 'attention'] as const)
    if (capture?.[name]) checkCapability(model, name, 'forward');
  // A shared step reads whole rows back.
  if (top !== undefined) throw refuse('topLogits', 'forward');
}

/**
 * Checks the rows of a `forward` before anybody else's step can be disturbed, and copies the ids.
 * @throws NextTokenError as `Session.forward` documents
 */
export function checkForwardRows(
  model: LanguageModel,
  rows: readonly RowTokens[],
  lengths: readonly number[],
): Int32Array[] {
  const { vocabSize, capabilities } = model;
  if (!Array.isArray(rows) || rows.length !== lengths.length)
    throw invalidParameter('forward', 'rows', rows?.length, `an array of ${lengths.length} rows`);
  for (const [row, tokens] of rows.entries())
    for (let position = 0; position < tokens.length; position++) {
      const id = tokens[position]!;
      if (Number.isInteger(id) && id >= 0 && id < vocabSize) continue;
      throw new NextTokenError('invalid-token-id', `forward: id ${id} is not in [0, ${vocabSize})`, {
        id: Number.isFinite(id) ? id : String(id),
        row,
        position,
        vocabSize,
      });
    }
  if (rows.every(({ length }) => length === 0))
    throw new NextTokenError('empty-prompt', 'forward: every row is empty, there is nothing to compute');
  for (const [row, tokens] of rows.entries()) {
    const length = lengths[row]! + tokens.length;
    const { contextLength } = capabilities;
    if (length <= contextLength) continue;
    const message = `row ${row} would have ${length} positions, the context holds ${contextLength}`;
    throw new NextTokenError('context-overflow', message, { row, length, contextLength });
  }
  return rows.map((tokens) => Int32Array.from(tokens));
}

/** @throws NextTokenError `invalid-parameter` for what is no number of rows, `unsupported-capability` for too many */
export function checkRowCount(model: LanguageModel, call: string, rows: number): void {
  const { maxRows } = model.capabilities;
  if (!Number.isInteger(rows) || rows < 0) throw invalidParameter(call, 'rows', rows, 'a whole number >= 0');
  if (rows <= maxRows) return;
  const details = { capability: 'maxRows', rows, maxRows };
  throw new NextTokenError(
    'unsupported-capability',
    `${call}: ${rows} rows, at most ${maxRows} fit`,
    details,
  );
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
