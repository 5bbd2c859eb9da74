import { invalidParameter } from '@nexttoken/model';
import type { NgramIndex } from '../index/ngram-index';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';

export interface CountTableRow {
  readonly prefix: readonly string[];
  readonly token: string;
  readonly count: number;
}

/**
 * All counts of an index as the naive program's table holds them: prefixes of 0 to `order - 1` tokens in order of first
 * appearance, for each its followers, the most frequent first.
 *
 * @param order length of the longest n-grams, an integer >= 1
 * @throws NextTokenError `invalid-parameter` for an order below 1 or above that of the index
 *
 * Cost: for small corpora; every prefix is looked up once, and remembered.
 */
export function* countTable(index: NgramIndex, order: number): Generator<CountTableRow> {
  if (!Number.isInteger(order) || order < 1 || order > index.order) {
    const expected = `an integer from 1 to the order of the index (${index.order})`;
    throw invalidParameter('countTable', 'order', order, expected);
  }
  const { vocabulary } = index;
  const spelled = (id: number): string => vocabulary.tokenOf(id) ?? '';
  const seen = new Set<string>();
  for (const { ids } of index.shards) {
    for (let begin = 0; begin < ids.length; begin++) {
      const prefix: number[] = [];
      for (let at = begin; at < begin + order && ids.get(at) !== sentenceBorder; at++) {
        const key = prefix.join(' ');
        if (!seen.has(key)) {
          seen.add(key);
          const words = prefix.map(spelled);
          const { tokens, counts } = index.continuations(prefix);
          for (const [i, id] of tokens.entries())
            yield { prefix: words, token: spelled(id), count: counts[i]! };
        }
        prefix.push(ids.get(at));
      }
    }
  }
}

/** A row as the naive program prints it: `"prefix", "token" -> count`. */
export function renderCountTableRow({ prefix, token, count }: CountTableRow): string {
  return `"${prefix.join(' ')}", "${token}" -> ${count}`;
}
