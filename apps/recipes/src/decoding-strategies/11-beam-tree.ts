import { beamSearch } from '@nexttoken/generate';
import { beamTree, renderBeamTree } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';

// "TODO: add multi-beam search and decode, and visualize them", as a tree with what was pruned.
const { model, tokenizer, dispose } = await load('tales');
const events = [];
for await (const event of beamSearch({
  model,
  tokenizer,
  prompt: 'My name is',
  numBeams: 3,
  maxNewTokens: 4,
}))
  events.push(event);
console.log(renderBeamTree(beamTree(events, tokenizer), { width: 90 }));
await dispose();
