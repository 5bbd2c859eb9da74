import { load } from '@nexttoken/load';
import { serve } from '@nexttoken/serve';
import OpenAI from 'openai';

// "You can then use the OpenAI Python module to talk to your local model": the official client, our server.
const { model, tokenizer, chatTemplate, generationConfig, dispose } = await load('tales-chat');
const { endTokenIds } = generationConfig;
const server = await serve({ model, tokenizer, chatTemplate: chatTemplate!, endTokenIds, port: 0 });
const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'required, but unused' });

const stream = await client.chat.completions.create({
  model: 'tales-chat',
  messages: [{ role: 'user', content: 'What is the capital of France?' }],
  temperature: 0,
  max_tokens: 24,
  stream: true,
});
let answer = '';
for await (const chunk of stream) answer += chunk.choices[0]?.delta.content ?? '';
console.log(answer);

await server.close();
await dispose();
