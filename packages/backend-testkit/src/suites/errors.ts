import type { NextTokenErrorCode, RowTokens } from '@nexttoken/model';
import { background } from '../check/background';
import { check, checkEqual } from '../check/check';
import { checkRejects } from '../check/check-rejects';
import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** The call is refused with this code, the rows are as before, and the session goes on. */
async function refuses(
  shadow: ShadowSession,
  rows: readonly RowTokens[],
  [code, details, what]: readonly [NextTokenErrorCode, readonly string[], string],
): Promise<void> {
  await checkRejects(() => shadow.session.forward(rows), code, what, details);
  shadow.checkLengths(`${what}, after the error`);
}

async function twoRows(kit: Kit): Promise<ShadowSession> {
  const shadow = await ShadowSession.open(kit, 2);
  await shadow.forward([kit.text(4, 1), kit.text(2, 2)]);
  return shadow;
}

/** Mistakes of the caller are named by their code, and nothing has happened. */
export const errorsSuite: Suite = {
  name: 'errors',
  tests: [
    {
      name: 'an id outside the vocabulary is refused: invalid-token-id',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(4, 1)]);
        const { vocabSize } = kit.model;
        for (const id of [vocabSize, vocabSize + 1000, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
          const wanted = ['invalid-token-id', ['id', 'vocabSize'], `id ${id} of ${vocabSize}`] as const;
          await refuses(shadow, [[...kit.text(2, 2), id, ...kit.text(1, 3)]], wanted);
        }
        await shadow.goOn('six refused ids');
      },
    },
    {
      name: 'a bad id in one row leaves all rows as they were',
      needs: { rows: 2 },
      run: async (kit) => {
        const shadow = await twoRows(kit);
        const wanted = ['invalid-token-id', ['id'], 'a bad id in row 1'] as const;
        await refuses(shadow, [kit.text(2, 3), [kit.model.vocabSize]], wanted);
        await shadow.goOn('a refused id in row 1');
      },
    },
    {
      name: 'the highest id is legal',
      run: async (kit) => {
        const { logits } = await (await kit.open()).forward([[kit.model.vocabSize - 1]]);
        check(logits[0] !== null, `id ${kit.model.vocabSize - 1} is the highest and must be answered`);
      },
    },
    {
      name: 'a wrong number of rows is refused: invalid-parameter',
      needs: { rows: 2 },
      run: async (kit) => {
        const shadow = await twoRows(kit);
        const row = kit.text(1, 3);
        for (const rows of [[], [row], [row, row, row]]) {
          const what = `${rows.length} entries for 2 rows`;
          await refuses(shadow, rows, ['invalid-parameter', [], what]);
        }
        await shadow.goOn('calls with a wrong number of rows');
      },
    },
    {
      name: 'all rows empty is refused: empty-prompt',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        await refuses(shadow, [[]], ['empty-prompt', [], 'nothing in a new session']);
        await shadow.forward([kit.text(3, 1)]);
        await refuses(shadow, [[]], ['empty-prompt', [], 'nothing new in any row']);
        await shadow.goOn('a call with nothing new');
      },
    },
    {
      name: 'too long a row is refused before anything runs: context-overflow',
      run: async (kit) => {
        const { contextLength } = kit.model.capabilities;
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(1, 1)]);
        let progress = 0;
        const call = () =>
          shadow.session.forward([kit.text(contextLength, 2)], { onProgress: () => progress++ });
        const what = `1 position and ${contextLength} more, the context has ${contextLength}`;
        const error = await checkRejects(call, 'context-overflow', what, ['length', 'contextLength']);
        checkEqual(error.details.contextLength, contextLength, 'details.contextLength');
        checkEqual(error.details.length, contextLength + 1, 'details.length (the length the row would have)');
        checkEqual(progress, 0, 'calls of onProgress before context-overflow');
        shadow.checkLengths('after context-overflow');
        if (contextLength > 1) await shadow.goOn('a refused overflow');
      },
    },
    {
      name: 'the whole context can be used, and not one position more',
      needs: { contextAtMost: 1024 },
      run: async (kit) => {
        const { contextLength } = kit.model.capabilities;
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(contextLength, 1)], 'as many ids as the context holds');
        await refuses(
          shadow,
          [kit.text(1, 2)],
          ['context-overflow', ['length'], 'one more than the context'],
        );
      },
    },
    {
      name: 'a second forward is refused while one runs: session-busy; the first is right',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        const first = background(shadow.forward([kit.text(8, 1)], 'the first of two calls'));
        await checkRejects(
          () => shadow.session.forward([kit.text(3, 2)]),
          'session-busy',
          'a second forward',
        );
        await first;
        await shadow.goOn('a refused second call');
      },
    },
    {
      name: 'select, truncate and fork are refused while a forward runs: session-busy',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        const { session } = shadow;
        const { capabilities } = kit.model;
        await shadow.forward([kit.text(3, 1)]);
        const first = background(shadow.forward([kit.text(8, 2)], 'the first call'));
        // All calls are made before anything is awaited: the first one is certainly still pending.
        const refusals = [
          capabilities.select && checkRejects(() => session.select([-1]), 'session-busy', 'select'),
          capabilities.truncate && checkRejects(() => session.truncate([1]), 'session-busy', 'truncate'),
          capabilities.fork && checkRejects(() => session.fork(), 'session-busy', 'fork'),
        ];
        await Promise.all(refusals);
        await first;
        await shadow.goOn('refused second calls');
      },
    },
    {
      name: 'illegal parents are refused by select: invalid-parameter',
      needs: { select: true, rows: 2 },
      run: async (kit) => {
        const shadow = await twoRows(kit);
        for (const parents of [[0, 2], [-2, 0], [0.5, 1], [Number.NaN]]) {
          const what = `select([${parents}]) of 2 rows`;
          await checkRejects(() => shadow.session.select(parents), 'invalid-parameter', what);
          shadow.checkLengths(`${what}, after the error`);
        }
        await shadow.goOn('refused selects');
      },
    },
    {
      name: 'illegal lengths are refused by truncate: invalid-parameter',
      needs: { truncate: true, rows: 2 },
      run: async (kit) => {
        const shadow = await twoRows(kit);
        for (const lengths of [[5, 2], [4], [4, 2, 0], [-1, 2], [1.5, 2], [Number.NaN, 1]]) {
          const what = `truncate([${lengths}]) of rows of 4 and 2 positions`;
          await checkRejects(() => shadow.session.truncate(lengths), 'invalid-parameter', what);
          shadow.checkLengths(`${what}, after the error`);
        }
        await shadow.goOn('refused truncates');
      },
    },
    {
      name: 'an illegal number of rows is refused by createSession: invalid-parameter',
      run: async (kit) => {
        for (const rows of [-1, 1.5, Number.NaN]) {
          const call = async () => kit.keep(await kit.model.createSession({ rows }));
          await checkRejects(call, 'invalid-parameter', `createSession({ rows: ${rows} })`);
        }
      },
    },
  ],
};
