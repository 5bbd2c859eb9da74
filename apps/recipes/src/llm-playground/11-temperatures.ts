import { collect, generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';
import { categorical, temperature } from '@nexttoken/sampling';

// 3.3 Try It Yourself: temperatures from 0.2 to 2.0 with the same luck.
const { model, tokenizer, dispose } = await load('tales');
const options = {
  model,
  tokenizer,
  prompt: 'Once upon a time',
  sampler: categorical(),
  seed: 7,
  maxNewTokens: 20,
};
for (const t of [0.2, 0.5, 1, 1.5, 2]) {
  const { text } = await collect(generate({ ...options, processors: temperature(t) }));
  console.log(`${t}: ${options.prompt}${text}`);
}
await dispose();
