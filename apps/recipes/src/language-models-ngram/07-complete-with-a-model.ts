import { collect, generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';

// "complete_llm": the same beginnings, continued by a neural model.
const { model, tokenizer, dispose } = await load('tales');
for (const prompt of ['The president of', 'And then the', 'It was']) {
  const { text } = await collect(generate({ model, tokenizer, prompt, maxNewTokens: 24 }));
  console.log(`${prompt}${text}`);
}
await dispose();
