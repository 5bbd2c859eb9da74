import { check, checkEqual } from '../check/check';
import { checkLogits } from '../check/check-logits';
import { compareRow } from '../check/compare-row';
import type { Suite } from '../kit/suite';

/** What `forward` returns: for which positions, how wide, for which rows. */
export const forwardSuite: Suite = {
  name: 'forward',
  tests: [
    {
      name: "'last' (the default) returns one position a row",
      run: async (kit) => {
        const session = await kit.open();
        const first = await session.forward([kit.text(5, 1)]);
        checkEqual(first.logits.length, 1, 'number of entries in logits');
        checkLogits(first.logits[0], 1, kit.model, 'default request, 5 ids');
        const second = await session.forward([kit.text(2, 2)], { logits: 'last' });
        checkLogits(second.logits[0], 1, kit.model, "logits 'last', 2 more ids");
        checkEqual([...session.lengths], [7], 'lengths after 5 and 2 ids');
      },
    },
    {
      name: "'none' returns null for every row and fills the cache",
      run: async (kit) => {
        const session = await kit.open();
        const { logits } = await session.forward([kit.text(4, 1)], { logits: 'none' });
        checkEqual(logits, [null], "logits of a call with 'none'");
        checkEqual([...session.lengths], [4], "lengths after 4 ids with 'none'");
        const next = await session.forward([kit.text(1, 2)]);
        await kit.expectLast(
          next.logits[0],
          [...kit.text(4, 1), ...kit.text(1, 2)],
          "one id after 4 ids with 'none'",
        );
      },
    },
    {
      name: "'all' returns every new position, each equal to the text up to there",
      needs: { allPositions: true },
      run: async (kit) => {
        const text = kit.text(9, 1);
        const session = await kit.open();
        for (const [start, end] of [
          [0, 4],
          [4, 5],
          [5, 9],
        ] as const) {
          const what = `logits 'all' of positions ${start} to ${end - 1}`;
          const { logits } = await session.forward([text.slice(start, end)], { logits: 'all' });
          const data = checkLogits(logits[0], end - start, kit.model, what).slice();
          for (let position = start; position < end; position++) {
            const row = data
              .subarray((position - start) * kit.model.vocabSize)
              .subarray(0, kit.model.vocabSize);
            compareRow(row, await kit.alone(text.slice(0, position + 1)), {
              ...kit,
              what: `${what}, position ${position}`,
            });
          }
        }
      },
    },
    {
      name: 'a row that sits out gets null',
      needs: { rows: 3 },
      run: async (kit) => {
        const session = await kit.open(3);
        const { logits } = await session.forward([kit.text(3, 1), [], kit.text(2, 2)]);
        checkEqual(
          logits.map((row) => row?.positions ?? null),
          [1, null, 1],
          'positions of each row, the middle one sat out',
        );
      },
    },
    {
      name: 'different texts give different answers',
      run: async (kit) => {
        const [first, second] = [await kit.alone(kit.text(6, 1)), await kit.alone(kit.text(6, 2))];
        const largest = first.reduce(
          (most, value, id) => Math.max(most, Math.abs(value - second[id]!) || 0),
          0,
        );
        check(
          largest > kit.tolerance,
          `two different texts give the same logits within ${kit.tolerance}: the kit would see no mistake. ` +
            'Use another prompt or a smaller tolerance',
        );
      },
    },
    {
      name: 'ids may come as a list or as an Int32Array',
      run: async (kit) => {
        const text = kit.text(5, 1);
        const { logits } = await (await kit.open()).forward([Int32Array.from(text)]);
        await kit.expectLast(logits[0], text, 'ids in an Int32Array');
      },
    },
    {
      name: 'captures that are switched off are accepted',
      run: async (kit) => {
        const capture = { hiddenStates: false, attention: false };
        const { logits } = await (await kit.open()).forward([kit.text(3, 1)], { capture });
        await kit.expectLast(logits[0], kit.text(3, 1), 'capture with both entries false');
      },
    },
  ],
};
