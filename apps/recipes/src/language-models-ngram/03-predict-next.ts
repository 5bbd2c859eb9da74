import { readFile } from 'node:fs/promises';
import { sharedPath } from '@nexttoken/goldens';
import { createNgramIndex, loadCorpus, probe, renderProbe } from '@nexttoken/ngram';

// "predict_lm": the longest suffix that was seen, and its list.
const corpus = await loadCorpus(await readFile(sharedPath('data/corpora/wikitext-2-raw.test.txt')));
const index = createNgramIndex(corpus);
console.log(renderProbe(probe(index, ['The', 'cat', 'in'], { topK: 10 }), index.vocabulary));
