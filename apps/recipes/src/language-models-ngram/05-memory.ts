import { readFile } from 'node:fs/promises';
import { sharedPath } from '@nexttoken/goldens';
import { createNgramIndex, loadCorpus } from '@nexttoken/ngram';

// "Execution takes around 30-60 seconds, while the model approximately takes up ~3.2GB of RAM", for n = 8.
const corpus = await loadCorpus(await readFile(sharedPath('data/corpora/wikitext-2-raw.test.txt')));
const start = performance.now();
const index = createNgramIndex(corpus);
const seconds = (performance.now() - start) / 1000;
const positions = index.shards.reduce((sum, { ids }) => sum + ids.length, 0);
console.log(`${positions} positions, any n, 8 bytes each: ${((8 * positions) / 2 ** 20).toFixed(1)} MiB`);
console.log('under ten seconds:', seconds < 10);
