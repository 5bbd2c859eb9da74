import { generate } from '@nexttoken/generate';
import { nextTokenTable } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';

// "Iterative Token Generation": the four best at every step, and the notebook's own stop rule: the end token among them.
const { model, tokenizer, generationConfig, dispose } = await load('tales');
const prompt = 'The capital of France is';
const options = {
  model,
  tokenizer,
  prompt,
  maxNewTokens: 5,
  endTokenInTop: 4,
  capture: { logits: true },
} as const;
for await (const event of generate({ ...options, endTokenIds: generationConfig.endTokenIds })) {
  if (event.type === 'step') {
    console.log(`\nStep ${event.step + 1}: Top 4 Token Predictions`);
    for (const { rank, id, logit } of nextTokenTable(event.logits, tokenizer, { top: 4 }).rows)
      console.log(
        `Rank ${rank}: Token = ${JSON.stringify(tokenizer.decode([id]))}, Logit Score = ${logit.toFixed(2)}`,
      );
  }
  if (event.type === 'finish') console.log(`\n${event.reason}\nFinal Generated Text: ${prompt}${event.text}`);
}
await dispose();
