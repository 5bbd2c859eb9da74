import type { FinishEvent, LanguageModel, Session } from '@nexttoken/model';
import { categorical } from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { beamSearch } from '../beam/beam-search';
import { contrastiveSearch } from '../contrastive/contrastive-search';
import { modelDraft } from '../draft/model-draft';
import { promptLookup } from '../draft/prompt-lookup';
import { startRun } from '../run/start-run';
import { createPieceTokenizer, createTestModel, createTinyTransformer, hashedLogits } from '../testing';
import { generate } from './generate';

const tokenizer = createPieceTokenizer('abcdefghijklmnopqrstuvwx'.split(''));

/** A model that calls `at` before each of its calls begins, and counts the sessions that are open. */
function watched(model: LanguageModel, at: () => void) {
  const open = new Set<Session>();
  const watch = (session: Session): Session => {
    const { forward, select, truncate, fork, dispose } = session;
    const own: Session = {
      get rowCount() {
        return session.rowCount;
      },
      get lengths() {
        return session.lengths;
      },
      forward: (rows, options) => {
        at();
        return forward(rows, options);
      },
      select: (parents) => {
        at();
        return select(parents);
      },
      truncate: (lengths) => {
        at();
        return truncate(lengths);
      },
      fork: async () => {
        at();
        return watch(await fork());
      },
      dispose: () => {
        open.delete(own);
        return dispose();
      },
    };
    open.add(own);
    return own;
  };
  const wrapped: LanguageModel = {
    ...model,
    createSession: async (options) => {
      at();
      return watch(await model.createSession(options));
    },
  };
  return { model: wrapped, open };
}

const hashed = () =>
  createTestModel({ vocabSize: 24, logitsAfter: (ids) => hashedLogits(24)(ids.slice(-2)), chunkSize: 2 });
const shared = { tokenizer, maxNewTokens: 8, endTokenIds: [] };
type Walk = (model: LanguageModel, signal: AbortSignal) => AsyncIterable<{ readonly type: string }>;
const walks: [name: string, base: () => LanguageModel, walk: Walk][] = [
  ['generate', hashed, (model, signal) => generate({ ...shared, model, signal, prompt: 'abcab' })],
  [
    'generate, several rows',
    hashed,
    (model, signal) =>
      generate({
        ...shared,
        model,
        signal,
        prompts: ['abcab', 'c'],
        numReturnSequences: 2,
        sampler: categorical(),
      }),
  ],
  [
    'generate with a draft',
    hashed,
    (model, signal) => generate({ ...shared, model, signal, prompt: 'abab', draft: promptLookup() }),
  ],
  [
    'generate with a draft model',
    hashed,
    (model, signal) =>
      generate({
        ...shared,
        model,
        signal,
        prompt: 'abab',
        draft: modelDraft(model),
        sampler: categorical(),
      }),
  ],
  [
    'generate that slides',
    () => createTestModel({ vocabSize: 24, contextLength: 6, logitsAfter: hashedLogits(24) }),
    (model, signal) =>
      generate({ ...shared, model, signal, prompt: 'abab', contextOverflow: { slideTo: 3 } }),
  ],
  [
    'beamSearch',
    hashed,
    (model, signal) => beamSearch({ ...shared, model, signal, prompt: 'abcab', numBeams: 3 }),
  ],
  [
    'contrastiveSearch',
    createTinyTransformer,
    (model, signal) => contrastiveSearch({ ...shared, model, signal, prompt: 'abc', k: 3, alpha: 0.5 }),
  ],
];

describe.each(walks)('%s, aborted at each of its calls', (_, base, walk) => {
  test('keeps the partial text, closes every session, throws nothing', async () => {
    for (let call = 1; ; call++) {
      const controller = new AbortController();
      let calls = 0;
      const { model, open } = watched(base(), () => {
        if (++calls === call) controller.abort();
      });
      let text = '';
      const finishes: Pick<FinishEvent, 'reason' | 'text' | 'ids'>[] = [];
      for await (const event of walk(model, controller.signal)) {
        if (event.type === 'text') text += (event as unknown as { text: string }).text;
        if (event.type === 'finish') finishes.push(event as FinishEvent);
      }
      expect(open.size).toBe(0);
      expect(finishes.length).toBeGreaterThan(0);
      if (finishes.length === 1 && text !== '') expect(finishes[0]!.text).toBe(text);
      if (calls < call) {
        expect(call).toBeGreaterThan(5);
        expect(finishes[0]!.reason).not.toBe('aborted');
        return;
      }
      // The last call may come when everything has been chosen.
      const whole = finishes.every(({ ids }) => ids.length === 8);
      expect(whole || finishes.some(({ reason }) => reason === 'aborted')).toBe(true);
    }
  });

  test('an error of the backend at each of its calls closes every session', async () => {
    for (let call = 1; ; call++) {
      const failure = new Error('out of memory');
      let calls = 0;
      const { model, open } = watched(base(), () => {
        if (++calls === call) throw failure;
      });
      let error: unknown;
      try {
        for await (const _event of walk(model, new AbortController().signal));
      } catch (caught) {
        error = caught;
      }
      expect(open.size).toBe(0);
      if (calls < call) return;
      expect(error === failure || (error as Error).cause === failure).toBe(true);
    }
  });
});

test('startRun: an error closes the session, an abort is a run', async () => {
  for (const failing of [true, false]) {
    const controller = new AbortController();
    let calls = 0;
    const { model, open } = watched(hashed(), () => {
      if (++calls !== 4) return;
      if (failing) throw new Error('out of memory');
      controller.abort();
    });
    const run = startRun({ ...shared, model, prompt: 'ab', signal: controller.signal });
    if (failing) await expect(run).rejects.toThrow('out of memory');
    else {
      expect((await run).record.reason).toBe('aborted');
      await (await run).dispose();
    }
    expect(open.size).toBe(0);
  }
});
