import { checkOptionNames } from '../errors/check-option-names';
import { invalidParameter } from '../errors/invalid-parameter';
import { NextTokenError } from '../errors/next-token-error';
import type { Capabilities } from '../language-model/capabilities';
import type { ForwardCapture, ForwardOptions, RowTokens } from '../language-model/session';
import { checkCapability } from './check-capability';

const names = ['logits', 'top', 'capture', 'signal', 'onProgress'];
const requests: readonly unknown[] = ['last', 'all', 'none', undefined];

/**
 * Checks the options of a `forward` call against what the model offers.
 * @throws NextTokenError `unsupported-option` for a name that is none, `unsupported-capability`, `invalid-parameter`
 */
export function checkForwardOptions(
  options: ForwardOptions,
  capabilities: Pick<Capabilities, 'allPositions' | 'hiddenStates' | 'attention' | 'topLogits'>,
): void {
  checkOptionNames('forward', options, names);
  const { logits, capture, top } = options;
  if (!requests.includes(logits))
    throw invalidParameter('forward', 'logits', logits, "'last', 'all' or 'none'");
  if (logits === 'all') checkCapability('forward', 'allPositions', capabilities);
  const { hiddenStates, attention } = capabilities;
  for (const [name, wanted] of Object.entries(capture ?? {}))
    if (wanted) checkCapability('forward', name as keyof ForwardCapture, { hiddenStates, attention });
  if (top === undefined) return;
  checkCapability('forward', 'topLogits', capabilities);
  const most = capabilities.topLogits!;
  if (!Number.isInteger(top) || top < 1 || top > most)
    throw invalidParameter('forward', 'top', top, `a whole number from 1 to ${most}`);
}

/**
 * Checks the rows of a `forward` call before anything runs.
 * @param lengths positions that each row holds already
 * @returns copies of the new ids, which the caller cannot change any more
 * @throws NextTokenError `invalid-parameter` for a wrong number of rows; `invalid-token-id` (details: id, row, position,
 *   vocabSize); `empty-prompt`; `context-overflow` (details: row, length, contextLength)
 */
export function checkForwardRows(
  rows: readonly RowTokens[],
  lengths: readonly number[],
  { vocabSize, contextLength }: { readonly vocabSize: number; readonly contextLength: number },
): Int32Array[] {
  if (!Array.isArray(rows) || rows.length !== lengths.length)
    throw invalidParameter('forward', 'rows', rows?.length, `an array of ${lengths.length} rows`);
  const copies = rows.map((ids, row) => {
    for (let position = 0; position < ids.length; position++) {
      const id = ids[position]!;
      if (Number.isInteger(id) && id >= 0 && id < vocabSize) continue;
      throw new NextTokenError(
        'invalid-token-id',
        `forward: id ${id} (row ${row}, position ${position}) is not in [0, ${vocabSize})`,
        { id: Number.isFinite(id) ? id : String(id), row, position, vocabSize },
      );
    }
    return Int32Array.from(ids);
  });
  if (copies.every((row) => row.length === 0))
    throw new NextTokenError('empty-prompt', 'forward: every row is empty, there is nothing to compute');
  copies.forEach((ids, row) => {
    const length = lengths[row]! + ids.length;
    if (length <= contextLength) return;
    const message = `forward: row ${row} would have ${length} positions, the context holds ${contextLength}`;
    throw new NextTokenError('context-overflow', message, { row, length, contextLength });
  });
  return copies;
}
