import { collect, generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';
import { categorical, topK, topP } from '@nexttoken/sampling';

// 3.2 Top-k 50 and top-p 0.9: the same draw from two candidate lists.
const { model, tokenizer, dispose } = await load('tales');
const options = {
  model,
  tokenizer,
  prompt: 'Once upon a time',
  sampler: categorical(),
  seed: 7,
  maxNewTokens: 30,
};
for (const processor of [topK(50), topP(0.9)]) {
  const { text } = await collect(generate({ ...options, processors: processor }));
  console.log(`${processor.type}: ${options.prompt}${text}`);
}
await dispose();
