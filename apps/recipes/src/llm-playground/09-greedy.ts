import { collectRows, generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';

// 3.1 Greedy decoding: always the best token. Three prompts at once.
const { model, tokenizer, dispose } = await load('tales');
const prompts = ['Once upon a time', 'What is 2+2?', 'Suggest a party theme.'];
const rows = await collectRows(generate({ model, tokenizer, prompts, maxNewTokens: 30 }));
for (const [index, { text }] of rows.entries()) console.log(`greedy: ${prompts[index]}${text}`);
await dispose();
