import { nextTokenTable } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';
import { topK } from '@nexttoken/sampling';
import { chartSvg } from '../chart/chart-svg';

// "Top-k: the ten best": logits and shares before and after, as a table and a chart.
const { model, tokenizer, dispose } = await load('tales');
const session = await model.createSession();
const { ids } = tokenizer.encode('My name is');
const { logits } = await session.forward([ids]);
for (const processors of [[], [topK(10)]]) {
  const context = { ids, promptLength: ids.length };
  const { rows, others } = nextTokenTable(logits[0]!.data, tokenizer, { top: 12, processors, context });
  console.log(processors[0]?.type ?? 'none', '· others', others.count);
  for (const { token, logit, share } of rows)
    console.log(`${token}: logit ${logit.toFixed(2)}, softmax(score) ${(share ?? 0).toFixed(3)}`);
  console.log(chartSvg(rows));
}
await dispose();
