import { nextTokenTable } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';

// "Raw Logits: Interpreting Model Confidence": get_top_k_raw_logits.
const { model, tokenizer, dispose } = await load('tales');
const session = await model.createSession();
const { logits } = await session.forward([tokenizer.encode('The capital of France is').ids]);
for (const { id, logit } of nextTokenTable(logits[0]!.data, tokenizer, { top: 5 }).rows)
  console.log(`Token: ${tokenizer.decode([id])}, Logit Score: ${logit.toFixed(2)}`);
await dispose();
