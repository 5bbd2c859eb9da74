import { collect, generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';

// "Retrieving logits and scores": what generate(..., return_dict_in_generate=True) holds.
const { model, tokenizer, architecture, dispose } = await load('tales');
const prompt = tokenizer.encode('2 + 2 = ').ids;
const session = await model.createSession();
const capture = { logits: true, scores: true } as const;
const { ids, steps } = await collect(
  generate({ model, tokenizer, prompt, session, maxNewTokens: 1, capture }),
);
const { keyValueHeadCount, headSize, layerCount } = architecture!;
console.log(`sequences [1, ${prompt.length + ids.length}]: ${[...prompt, ...ids].join(', ')}`);
console.log(
  `scores tuple of [1, ${steps[0]!.scores.length}], logits tuple of [1, ${steps[0]!.logits.length}]`,
);
console.log(
  'without processors the scores are the logits:',
  steps[0]!.scores.every((x, i) => x === steps[0]!.logits[i]),
);
console.log(`past_key_values ${layerCount} x [1, ${keyValueHeadCount}, ${session.lengths[0]}, ${headSize}]`);
await session.dispose();
await dispose();
