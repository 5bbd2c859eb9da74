import { readFile } from 'node:fs/promises';
import { sharedPath } from '@nexttoken/goldens';
import { complete, createNgramIndex, loadCorpus } from '@nexttoken/ngram';
import { createRandom } from '@nexttoken/numeric';

// "complete_lm": word after word until a full stop, one of the five most frequent each time.
const corpus = await loadCorpus(await readFile(sharedPath('data/corpora/wikitext-2-raw.test.txt')));
const index = createNgramIndex(corpus);
for (const [seed, text] of ['The president of', 'And then the', 'It was'].entries()) {
  const { tokens } = complete(index, text.split(' '), { topK: 5, random: createRandom(seed), maxTokens: 40 });
  console.log(tokens.join(' '));
}
