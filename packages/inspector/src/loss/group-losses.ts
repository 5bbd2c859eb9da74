import { invalidParameter } from '@nexttoken/model';
import type { LossGranularity, LossGroup, LossRow } from './loss-data';

const names = ['token', 'word', 'sentence', 'line'];

/** Where a text's parts begin, ascending; the first is 0. */
function beginnings(text: string, granularity: Exclude<LossGranularity, 'token'>): number[] {
  const found = [0];
  if (granularity === 'sentence') {
    const sentences = new Intl.Segmenter('en', { granularity }).segment(text);
    for (const { index } of sentences) found.push(index);
    return found;
  }
  if (granularity === 'line') {
    for (const { index } of text.matchAll(/\n+/g)) found.push(index + 1);
    return found;
  }
  const pattern =
    granularity === 'word' ? /\S+/gu : new RegExp(granularity.source, addGlobal(granularity.flags));
  for (const { index, 0: match } of text.matchAll(pattern)) {
    found.push(index);
    // What lies between two matches of one's own expression is a part too.
    if (granularity !== 'word') found.push(index + match.length);
  }
  return found;
}

const addGlobal = (flags: string): string => (flags.includes('g') ? flags : `${flags}g`);

/**
 * The tokens of a text put together to words, sentences, lines or what an expression matches: bits are added up, so that a
 * word's probability is that of all its tokens. A token belongs to the part in which its first visible character stands.
 *
 * @param granularity `token`: each by itself
 * @throws NextTokenError `invalid-parameter`
 */
export function groupLosses(rows: readonly LossRow[], granularity: LossGranularity): readonly LossGroup[] {
  if (!(granularity instanceof RegExp) && !names.includes(granularity)) {
    throw invalidParameter('groupLosses', 'granularity', granularity, `${names.join(', ')} or an expression`);
  }
  const text = rows.map((row) => row.text).join('');
  const starts = granularity === 'token' ? [] : beginnings(text, granularity).sort((a, b) => a - b);
  let place = 0;
  let part = 0;
  const parts = rows.map((row, index) => {
    if (granularity === 'token') return index;
    const visible = place + Math.max(0, row.text.search(/\S/));
    while (part + 1 < starts.length && starts[part + 1]! <= visible) part++;
    place += row.text.length;
    return part;
  });
  const groups: LossGroup[] = [];
  for (let start = 0; start < rows.length; ) {
    let end = start + 1;
    while (end < rows.length && parts[end] === parts[start]) end++;
    const own = rows.slice(start, end);
    const known = own.flatMap(({ surprisal }) => surprisal ?? []);
    const surprisal = known.reduce((sum, bits) => sum + bits, 0);
    groups.push({
      start,
      end,
      text: own.map((row) => row.text).join(''),
      surprisal,
      scored: known.length,
      mean: known.length === 0 ? 0 : surprisal / known.length,
    });
    start = end;
  }
  return groups;
}
