import { createRandom } from '@nexttoken/numeric';
import { categorical, chain, temperature, topK } from '@nexttoken/sampling';
import { expect, test } from 'vitest';
import { collect } from '../events/collect';
import { createPieceTokenizer, createTestModel, hashedLogits } from '../testing';
import { generate } from './generate';

test('the loop of the README and the same loop by hand choose the same ids', async () => {
  const model = createTestModel({ vocabSize: 30, contextLength: 16, logitsAfter: hashedLogits(30) });
  const tokenizer = createPieceTokenizer(Array.from({ length: 30 }, (_, id) => String.fromCharCode(97 + id)));
  const run = await collect(
    generate({
      model,
      tokenizer,
      prompt: 'abc',
      processors: [temperature(0.8), topK(20)],
      sampler: categorical(),
      seed: 1337,
      maxNewTokens: 40,
      endTokenIds: [],
      contextOverflow: 'slide',
    }),
  );

  const session = await model.createSession();
  const processors = chain(temperature(0.8), topK(20));
  const sampler = categorical();
  const random = createRandom(1337);
  const { contextLength } = model.capabilities;
  const ids = [...tokenizer.encode('abc').ids];
  const promptLength = ids.length;
  let pending = ids.slice(-contextLength);
  for (let step = 0; step < 40; step++) {
    if (session.lengths[0]! + pending.length > contextLength) {
      await session.truncate([0]);
      pending = ids.slice(-contextLength);
    }
    const { logits } = await session.forward([pending]);
    const scores = logits[0]!.data.slice();
    processors.process(scores, { ids, promptLength, row: 0, batchItem: 0 }, processors.initialState());
    const { id } = sampler.sample(scores, { random, row: 0 }, undefined);
    ids.push(id);
    pending = [id];
  }
  await session.dispose();
  expect([...run.ids]).toEqual(ids.slice(promptLength));
});
