import { generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';

// "Example of open-ended text generation" with a TextStreamer: text as soon as it is certain.
const { model, tokenizer, dispose } = await load('tales');
const pieces: string[] = [];
for await (const event of generate({ model, tokenizer, prompt: 'The sky is', maxNewTokens: 24 }))
  if (event.type === 'text') pieces.push(event.text);
console.log(pieces.map((piece) => JSON.stringify(piece)).join(' '));
await dispose();
