import { createReferenceModel, testBackend } from '@nexttoken/backend-testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { kneserNey } from '../smoothing/kneser-ney';
import { longestSuffix } from '../smoothing/longest-suffix';
import type { SmoothedModel } from '../smoothing/smoothed-model';
import { stupidBackoff } from '../smoothing/stupid-backoff';
import { wittenBell } from '../smoothing/witten-bell';
import { indexOf } from '../testing/index-of';
import { mixLanguageModels } from './mix-language-models';
import { NgramLanguageModel } from './ngram-language-model';

const runner = { describe, test, beforeAll, afterAll };
const sentences = Array.from({ length: 90 }, (_, s) =>
  Array.from({ length: 3 + (s % 9) }, (_, i) => `w${((s * 7 + i * i * 3) ^ (s >> 2)) % 38}`),
);
const index = indexOf(sentences);
const smoothings: Record<string, SmoothedModel> = {
  'longest suffix': longestSuffix(index),
  'stupid backoff': stupidBackoff(index),
  'Witten-Bell': wittenBell(index),
  'Kneser-Ney': kneserNey(index, { order: 3 }),
};

const live: { readonly sessions: ReadonlySet<unknown> }[] = [];
const liveHandles = () => ({ sessions: live.reduce((sum, { sessions }) => sum + sessions.size, 0) });

for (const [name, model] of Object.entries(smoothings)) {
  testBackend({
    name: `n-gram model, ${name}`,
    runner,
    createModel: async () => {
      const made = new NgramLanguageModel(model, { contextLength: 600 });
      live.push(made);
      return made;
    },
    liveHandles,
    reference: [[0, 2, 3], [5], [4, 0, 2, 9]].map((ids) => ({ ids, logits: model.logProbabilities(ids) })),
  });
}

testBackend({
  name: 'an n-gram model beside a neural one',
  runner,
  createModel: async () => {
    const neural = createReferenceModel({ vocabSize: index.vocabulary.size });
    live.push(neural);
    return mixLanguageModels([
      { model: new NgramLanguageModel(smoothings['Kneser-Ney']!, {}), weight: 0.3 },
      { model: neural, weight: 0.7 },
    ]);
  },
});
