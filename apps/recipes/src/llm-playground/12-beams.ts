import { beamSearch, collectBeams } from '@nexttoken/generate';
import { load } from '@nexttoken/load';

// 3.3, strategy "beam": four beams, the two best texts with their scores.
const { model, tokenizer, dispose } = await load('tales');
const { texts } = await collectBeams(
  beamSearch({
    model,
    tokenizer,
    prompt: 'Once upon a time',
    numBeams: 4,
    numReturnSequences: 2,
    maxNewTokens: 16,
  }),
);
for (const { text, score } of texts) console.log(`${score.toFixed(2)}: Once upon a time${text}`);
await dispose();
