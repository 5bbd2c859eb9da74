import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { load } from '@nexttoken/load';
import { tinyModelPath } from '@nexttoken/tiny-models/node';

// "How do we get to Logits?": lm_head is a matrix; last hidden state × matrix = logits.
const { model, tokenizer, dispose } = await load('tales');
const session = await model.createSession();
const ids = tokenizer.encode('The capital of France is').ids;
const { logits, hiddenStates } = await session.forward([ids], { capture: { hiddenStates: true } });
const { data, layers, positions, width } = hiddenStates![0]!;
const last = data.subarray((layers * positions - 1) * width);

const checkpoint = await openCheckpointPath(tinyModelPath('tales'));
const tied = checkpoint.tensors.has('lm_head.weight') ? 'lm_head.weight' : 'model.embed_tokens.weight';
const head = await checkpoint.read(tied);
const byHand = Float64Array.from({ length: model.vocabSize }, (_, id) =>
  last.reduce((sum, value, i) => sum + value * head[id * width + i]!, 0),
);
const difference = logits[0]!.data.reduce(
  (most, logit, id) => Math.max(most, Math.abs(logit - byHand[id]!)),
  0,
);
console.log(
  `lm_head: Linear(in_features=${width}, out_features=${model.vocabSize}, bias=False), from ${tied}`,
);
console.log('the same logits to 1e-3:', difference < 1e-3);
await checkpoint.close();
await dispose();
