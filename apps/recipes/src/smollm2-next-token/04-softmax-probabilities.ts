import { nextTokenTable } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';

// "Softmax Probabilities: Interpreting Token Likelihood": get_top_k_predictions.
const { model, tokenizer, dispose } = await load('tales');
const session = await model.createSession();
const { logits } = await session.forward([tokenizer.encode('The capital of France is').ids]);
for (const { id, probability } of nextTokenTable(logits[0]!.data, tokenizer, { top: 5 }).rows)
  console.log(`Token: ${tokenizer.decode([id])}, Score: ${probability.toFixed(3)}`);
await dispose();
