import { beamSearch, collectBeams } from '@nexttoken/generate';
import { load } from '@nexttoken/load';
import { hammingDiversity } from '@nexttoken/sampling';

// The notebook's num_beam_groups: three groups that avoid each other's words.
const { model, tokenizer, dispose } = await load('tales');
const groups = { numBeams: 6, numBeamGroups: 3, numReturnSequences: 6, processors: hammingDiversity(1) };
const { texts } = await collectBeams(
  beamSearch({ model, tokenizer, prompt: 'My name is', maxNewTokens: 8, ...groups }),
);
for (const { text, score } of texts) console.log(`${score.toFixed(2)}: My name is${text}`);
await dispose();
