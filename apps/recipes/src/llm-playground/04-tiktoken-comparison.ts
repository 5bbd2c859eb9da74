import { tiktokenTokenizer } from '@nexttoken/tokenizers';

// 1.4 TikToken: one sentence, two encodings.
const sentence = 'The 🌟 star-programmer implemented AGI overnight.';
for (const name of ['gpt2', 'o200k_base'] as const) {
  const tokenizer = await tiktokenTokenizer(name);
  const { ids } = tokenizer.encode(sentence);
  console.log(`${name}:\nToken IDs: ${ids.join(', ')}`);
  console.log('Tokens   :', Array.from(ids, (id) => JSON.stringify(tokenizer.decode([id]))).join(', '));
}
