import { countTable, createNgramIndex, loadCorpus, renderCountTableRow } from '@nexttoken/ngram';

// "We can also output the recorded counts for each prefix -> token pair."
const index = createNgramIndex(await loadCorpus('The quick brown fox jumped over the lazy dog .'));
for (const row of countTable(index, 5)) console.log(renderCountTableRow(row));
