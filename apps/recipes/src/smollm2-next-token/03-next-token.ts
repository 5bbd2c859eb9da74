import { load } from '@nexttoken/load';
import { argmax } from '@nexttoken/numeric';

// "Generating Next Token Logits": one forward, the highest logit of the last position.
const { model, tokenizer, dispose } = await load('tales');
const session = await model.createSession();
const { logits } = await session.forward([tokenizer.encode('The capital of France is').ids]);
console.log('Predicted Next Token:', tokenizer.decode([argmax(logits[0]!.data)]));
await dispose();
