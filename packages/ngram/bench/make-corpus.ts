import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRandom } from '@nexttoken/numeric';

export interface CorpusShape {
  readonly tokens: number;
  /** Words that can be drawn; a few of them never are. */
  readonly words: number;
  readonly seed: number;
}

/** Like WikiText-2's training split: 2.1 million tokens, some 74,000 words, 21 to a sentence. */
export const wikitextLike: CorpusShape = { tokens: 2_126_127, words: 84_000, seed: 11 };

/**
 * Writes a text of drawn words, one sentence a line: word frequencies follow Zipf's law, and two words out of three
 * are among the few that the word before them prefers, so that longer n-grams repeat, and now and then whole phrases come
 * again.
 */
export async function makeCorpus(path: string, { tokens, words, seed }: CorpusShape): Promise<void> {
  const random = createRandom(seed);
  const zipf = zipfDraw(words);
  const spelled = Array.from({ length: words }, (_, rank) => spelling(rank));
  const history: number[] = [];
  const out = createWriteStream(path);
  let written = 0;
  while (written < tokens) {
    const length = Math.min(tokens - written, 3 + Math.floor(random.next() * 37));
    const sentence: number[] = [];
    while (sentence.length < length) {
      const before = sentence.at(-1);
      const draw = random.next();
      if (draw < 0.02 && history.length > 1000) {
        const from = Math.floor(random.next() * (history.length - 12));
        sentence.push(...history.slice(from, from + Math.min(10, length - sentence.length)));
      } else if (before !== undefined && draw < 0.66) {
        // One of a word's own followers, the first ones more often; which they are is decided by the word alone.
        const choice = Math.floor(24 * random.next() ** 2);
        sentence.push(zipf(hashed(before, choice)));
      } else sentence.push(zipf(random.next()));
    }
    written += sentence.length;
    if (history.length < 200_000) history.push(...sentence);
    if (!out.write(`${sentence.map((word) => spelled[word]).join(' ')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** A draw of ranks with p ~ 1 / (rank + 2.7), from a uniform number. */
function zipfDraw(words: number): (uniform: number) => number {
  const sums = new Float64Array(words);
  let sum = 0;
  for (let rank = 0; rank < words; rank++) {
    sum += 1 / (rank + 2.7);
    sums[rank] = sum;
  }
  return (uniform) => {
    let [low, high] = [0, words - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < uniform * sum) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function hashed(word: number, choice: number): number {
  let x = Math.imul(word + 1, 0x9e3779b1) ^ Math.imul(choice + 1, 0x85ebca77);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32;
}

const syllables = [
  'ba',
  'ce',
  'di',
  'fo',
  'gu',
  'ha',
  'ki',
  'lo',
  'mu',
  'na',
  'pe',
  'ri',
  'so',
  'ta',
  've',
  'wy',
];

/** Frequent words are short, as in real texts. */
function spelling(rank: number): string {
  let word = '';
  for (let left = rank; ; left = Math.floor(left / syllables.length) - 1) {
    word += syllables[left % syllables.length];
    if (left < syllables.length) return word;
  }
}
