import { readGolden } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { expect, test } from 'vitest';
import { indexOf } from '../testing/index-of';
import { idOrUnknown } from '../vocabulary/word-vocabulary';

interface Table {
  readonly n: number;
  readonly total_count: number;
  readonly lists: Readonly<Record<string, [string, number][]>>;
  readonly cases: readonly {
    name: string;
    context: string[];
    matched: number;
    list: string;
    distinct: number;
    total: number;
  }[];
}

describeShared('tables of the naive program', () => {
  const { train } = readGolden<{ train: string[][] }>('ngram/corpus.json');
  const unbounded = indexOf(train);

  test.each([3, 5])('n = %i: matched length, whole lists in order, sums', (n) => {
    const table = readGolden<Table>(`ngram/table_n${n}.json`);
    expect(table.cases.length).toBeGreaterThan(100);
    for (const index of [unbounded, indexOf(train, { order: n })]) {
      const { vocabulary } = index;
      for (const { name, context, matched, list, distinct, total } of table.cases) {
        const ids = context.map((token) => idOrUnknown(vocabulary, token));
        const found = index.continueLongest(ids, Number.POSITIVE_INFINITY, { order: n });
        expect(found.matched, name).toBe(matched);
        const entries = Array.from(found.tokens, (id, i) => [vocabulary.tokenOf(id), found.counts[i]]);
        expect(entries, name).toEqual(table.lists[list]);
        expect([found.distinct, found.total], name).toEqual([distinct, total]);
      }
    }
  });
});
