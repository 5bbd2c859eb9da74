import { expect, test } from 'vitest';
import { createNgramIndex } from '../index/create-ngram-index';
import { corpusOf } from '../testing/index-of';
import { createNgramIndexInWorkers } from './create-index-in-workers';

const corpus = corpusOf(
  Array.from({ length: 2000 }, (_, s) =>
    Array.from({ length: 2 + (s % 9) }, (_, i) => `w${(s * s + i * 5) % 83}`),
  ),
);

test('worker threads: the same answers', async () => {
  const index = await createNgramIndexInWorkers(corpus, { workers: 2 });
  const whole = createNgramIndex(corpus);
  expect(index.shards).toHaveLength(2);
  for (let id = 0; id < corpus.vocabulary.size; id++) {
    expect(index.continueLongest([3, id], 5)).toEqual(whole.continueLongest([3, id], 5));
  }
});

test('an abort ends the threads', async () => {
  const controller = new AbortController();
  const running = createNgramIndexInWorkers(corpus, { workers: 2, signal: controller.signal });
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(running).rejects.toBe(reason);
  await expect(createNgramIndexInWorkers(corpus, { workers: 0 })).rejects.toMatchObject({
    code: 'invalid-parameter',
  });
});
