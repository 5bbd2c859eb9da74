import { positionTable, renderPositionTable } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';

// "We can visualize the top 5 predicted tokens for each position in the input sequence."
const { model, tokenizer, dispose } = await load('tales');
const table = await positionTable(model, tokenizer.encode('The little cat').ids, tokenizer, { top: 5 });
console.log(renderPositionTable(table, { width: 100 }));
await dispose();
