import { nextTokenTable } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';

// 2.4 LLM's output: softmax over the last position, the five most likely tokens.
const { model, tokenizer, dispose } = await load('tales');
const session = await model.createSession();
const { logits } = await session.forward([tokenizer.encode('Hello my name').ids]);
for (const { id, probability } of nextTokenTable(logits[0]!.data, tokenizer, { top: 5 }).rows)
  console.log(
    `Token: ${JSON.stringify(tokenizer.decode([id]))} | ID: ${id} | Prob: ${probability.toFixed(3)}`,
  );
await dispose();
