import { collectRows, generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';
import { categorical } from '@nexttoken/sampling';

// Several samples of one prompt: it is read once, every row draws for itself.
const { model, tokenizer, dispose } = await load('tales');
const options = { model, tokenizer, prompt: 'My name is', sampler: categorical(), seed: 1, maxNewTokens: 10 };
for (const { text } of await collectRows(generate({ ...options, numReturnSequences: 4 })))
  console.log(`${options.prompt}${text}`);
await dispose();
