import {
  type EncodeOptions,
  invalidParameter,
  type Tokenizer,
  type TruncationSettings,
} from '@nexttoken/model';

/**
 * Cuts ids to `maxLength`, special tokens around the text left in place.
 * @returns the ids, and how many were cut off
 */
export function truncateIds(
  tokenizer: Tokenizer,
  ids: Int32Array,
  options: EncodeOptions,
  { maxLength, side }: TruncationSettings,
): { ids: Int32Array; removed: number } {
  if (side !== 'left' && side !== 'right') {
    throw invalidParameter('encodeBatch', 'truncation.side', side, "'left' or 'right'");
  }
  const around = aroundText(tokenizer, options);
  const least = around.before + around.after;
  if (!Number.isInteger(maxLength) || maxLength < least) {
    throw invalidParameter(
      'encodeBatch',
      'truncation.maxLength',
      maxLength,
      `a whole number of at least ${least}`,
    );
  }
  const removed = ids.length - maxLength;
  if (removed <= 0) return { ids, removed: 0 };
  const at = side === 'left' ? around.before : ids.length - around.after - removed;
  const kept = new Int32Array(maxLength);
  kept.set(ids.subarray(0, at));
  kept.set(ids.subarray(at + removed), at);
  return { ids: kept, removed };
}

/** How many special tokens stand before and behind a text: those of the empty text that other texts have too. */
function aroundText(tokenizer: Tokenizer, options: EncodeOptions): { before: number; after: number } {
  if (options.addSpecialTokens === false) return { before: 0, after: 0 };
  const empty = tokenizer.encode('', options).ids;
  if (empty.length === 0) return { before: 0, after: 0 };
  const { ids } = tokenizer.encode('a', options);
  let before = 0;
  while (before < empty.length && ids[before] === empty[before]) before += 1;
  return { before, after: empty.length - before };
}
