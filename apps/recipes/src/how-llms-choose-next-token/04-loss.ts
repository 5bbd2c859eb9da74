import { scoreText } from '@nexttoken/generate';
import { lossTable } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';

// "Logits and Loss": how far each score was from what it was supposed to be.
const { model, tokenizer, dispose } = await load('tales');
const score = await scoreText({ model, tokenizer, text: 'Once upon a time there was a little girl.' });
for (const { token, loss } of lossTable(score, tokenizer).rows)
  console.log(`${(token ?? '').padEnd(10)} ${loss === undefined ? 'nothing before it' : loss.toFixed(2)}`);
console.log(`mean loss ${score.meanLoss.toFixed(2)}, perplexity ${score.perplexity.toFixed(1)}`);
await dispose();
