import { chat, collect, generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';

// 4 Completion vs. Instruction-tuned: one continues the words, the other answers them.
const words = 'What is the capital of France?';
const base = await load('tales');
const continued = await collect(
  generate({ model: base.model, tokenizer: base.tokenizer, prompt: words, maxNewTokens: 16 }),
);
console.log(`tales continues: ${continued.text}`);
await base.dispose();

const { model, tokenizer, chatTemplate, generationConfig, dispose } = await load('tales-chat');
const { endTokenIds } = generationConfig;
const talk = chat({ model, tokenizer, chatTemplate: chatTemplate!, endTokenIds, maxNewTokens: 30 });
let answer = '';
for await (const event of talk.send(words)) if (event.type === 'text') answer += event.text;
console.log(`tales-chat answers: ${answer}`);
await talk.dispose();
await dispose();
