import { generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';
import { categorical, temperature, topK } from '@nexttoken/sampling';

// "Generating Tokens!" and the function `generate` of nanoGPT: crop, forward, scale, top-k, softmax, draw, append.
const { model, tokenizer, dispose } = await load('tales');
let text = '';
for await (const event of generate({
  model,
  tokenizer,
  prompt: 'Once upon a time',
  processors: [temperature(0.8), topK(200)],
  sampler: categorical(),
  seed: 1337,
  maxNewTokens: 40,
  endTokenIds: [],
  contextOverflow: 'slide', // nanoGPT crops to its block size
}))
  if (event.type === 'text') text += event.text;
console.log(`Once upon a time${text}`);
await dispose();
