import { load } from '@nexttoken/load';

// 2.3 and 2.4: eight dummy ids through the blocks, and through the whole model.
const { model, architecture, dispose } = await load('tales');
const session = await model.createSession();
const ids = Array.from({ length: 8 }, (_, index) => index + 1);
const { logits, hiddenStates } = await session.forward([ids], {
  logits: 'all',
  capture: { hiddenStates: true },
});
const { layers, positions, width } = hiddenStates![0]!;
console.log(`Embeddings, then ${architecture!.layerCount} blocks: ${layers} hidden states`);
console.log(`Output of a block: [1, ${positions}, ${width}]`);
console.log(`Logits: [1, ${logits[0]!.positions}, ${logits[0]!.vocabSize}]`);
await dispose();
