import { readFileSync } from 'node:fs';
import { createCorpusBuilder, createNgramIndex } from '@nexttoken/ngram';
import { loadCorpusFile } from '@nexttoken/ngram/node';

// `build-once.ts CORPUS ORDER bytes|strings [ROUNDS]`: one JSON line with the seconds of each round, and the peak RSS after the first.
const [path, orderText, how, rounds = '1'] = process.argv.slice(2) as [string, string, string, string?];
const order = orderText === 'unbounded' ? Number.POSITIVE_INFINITY : Number(orderText);
const runs: { load: number; sort: number; cpu: number }[] = [];
let peak = 0;
let sizes = {};
for (let round = 0; round < Number(rounds); round++) {
  const sentences =
    how === 'strings'
      ? readFileSync(path, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => line.split(' '))
      : [];
  const before = process.cpuUsage();
  const start = performance.now();
  const corpus = how === 'strings' ? fromStrings(sentences) : await loadCorpusFile(path);
  const load = (performance.now() - start) / 1000;
  const middle = performance.now();
  const index = createNgramIndex(corpus, { order });
  const sort = (performance.now() - middle) / 1000;
  const { user, system } = process.cpuUsage(before);
  runs.push({ load, sort, cpu: (user + system) / 1e6 });
  if (round === 0) peak = process.resourceUsage().maxRSS / 1024;
  const [shard] = index.shards;
  sizes = {
    tokens: index.tokenCount,
    positions: shard!.ids.length,
    vocabulary: index.vocabulary.size,
    bytes: shard!.ids.length * 8,
  };
}
console.log(JSON.stringify({ runs, peak_mib: peak, ...sizes }));

function fromStrings(sentences: readonly (readonly string[])[]) {
  const builder = createCorpusBuilder();
  for (const sentence of sentences) builder.addSentence(sentence);
  return builder.finish();
}
