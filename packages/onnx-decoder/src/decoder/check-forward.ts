import { type ForwardOptions, invalidParameter, NextTokenError, type RowTokens } from '@nexttoken/model';

/**
 * Checks a `forward` call before anything runs, and copies the ids.
 * @throws NextTokenError as `Session.forward` documents
 */
export function checkForward(
  rows: readonly RowTokens[],
  lengths: readonly number[],
  { vocabSize, contextLength }: { readonly vocabSize: number; readonly contextLength: number },
): Int32Array[] {
  if (!Array.isArray(rows) || rows.length !== lengths.length)
    throw invalidParameter('forward', 'rows', rows?.length, `an array of ${lengths.length} rows`);
  const copies = rows.map((tokens, row) => {
    for (let i = 0; i < tokens.length; i++) {
      const id = tokens[i]!;
      if (!Number.isInteger(id) || id < 0 || id >= vocabSize)
        throw new NextTokenError(
          'invalid-token-id',
          `token id ${id} (row ${row}, position ${i}) is outside the vocabulary of ${vocabSize}`,
          {
            id: Number.isFinite(id) ? id : String(id),
            row,
            position: i,
            vocabSize,
          },
        );
    }
    return Int32Array.from(tokens);
  });
  if (copies.every((row) => row.length === 0))
    throw new NextTokenError('empty-prompt', 'forward: every row is empty, there is nothing to compute');
  copies.forEach((row, index) => {
    const length = lengths[index]! + row.length;
    if (length > contextLength)
      throw new NextTokenError(
        'context-overflow',
        `row ${index} would have ${length} positions, the context holds ${contextLength}`,
        {
          row: index,
          length,
          contextLength,
        },
      );
  });
  return copies;
}

/** Refuses what cannot be captured here. @param captures what can */
export function checkOptions(
  { capture, logits, top }: ForwardOptions,
  captures: {
    readonly hiddenStates: boolean;
    readonly attention: boolean;
    readonly topLogits?: number | undefined;
  },
): void {
  for (const [name, wanted] of Object.entries(capture ?? {}))
    if (wanted && !(captures as Readonly<Record<string, unknown>>)[name])
      throw new NextTokenError(
        'unsupported-capability',
        `capture: ${name} is not available on this backend`,
        {
          capability: name,
        },
      );
  const most = captures.topLogits ?? 0;
  if (top !== undefined && most === 0)
    throw new NextTokenError(
      'unsupported-capability',
      'top: the graph gives out whole rows of logits only; export it with a tail of top and statistics',
      { capability: 'topLogits' },
    );
  if (top !== undefined && (!Number.isInteger(top) || top < 1 || top > most))
    throw invalidParameter('forward', 'top', top, `an integer from 1 to ${most}`);
  if (logits !== undefined && !['last', 'all', 'none'].includes(logits))
    throw invalidParameter('forward', 'logits', logits, "'last', 'all' or 'none'");
}
