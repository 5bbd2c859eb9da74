import { invalidParameter } from '@nexttoken/model';
import { encodeUtf8 } from '../bytes/utf8';
import { checkWellFormed } from '../tokenizer/check-well-formed';
import { type BpeTrainingOptions, checkBpeTrainingOptions } from './bpe-training-options';
import { initialVocabulary } from './initial-vocabulary';
import { learnMerges } from './learn-merges';
import { createPause, type Pause } from './pause';
import { byteLevelWords } from './pre-tokenizer';
import { createSymbolChain } from './symbol-chain';
import { type TrainedBpe, trainedBpe } from './trained-bpe';

/** What is learnt from: one text, or texts that are cut each by itself. */
export type BpeCorpus = string | Iterable<string> | AsyncIterable<string>;

/**
 * Learns a byte-level BPE vocabulary: `repeat: merge the most frequent pair of neighbours` until there are
 * `vocabSize` tokens. Same corpus and options give the merges of Hugging Face's Rust trainer, ties included.
 *
 * Merges never cross words, so only different words are kept, with their counts; then only places that a merge
 * touches are looked at. Gives way to other work every 40 ms.
 *
 * @param corpus a text, or texts as they come (lines of a stream); the cut between two texts is a word border
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; `encode-failed` for a text that is not
 *   well-formed (see `illFormed`); the signal's reason when aborted
 * Source: Sennrich et al. 2016 (arXiv:1508.07909); byte level as in GPT-2.
 * Cost: O(corpus) to count, then O(occurrences of merged pairs) over the different words, log-linear at worst.
 * Memory: about 60 bytes a byte of every different word.
 */
export async function trainBpe(corpus: BpeCorpus, options: BpeTrainingOptions): Promise<TrainedBpe> {
  checkBpeTrainingOptions('trainBpe', options);
  const pause = createPause(options.signal);
  return train(await countWords(corpus, options, pause), options, pause);
}

/**
 * {@link trainBpe} where the counting is done already.
 * @param words words (as text, spaces included, as the pre-tokenizer cuts them) and how often each occurs; a word
 *   that comes twice counts twice
 */
export async function trainBpeFromWords(
  words: Iterable<readonly [word: string, count: number]>,
  options: BpeTrainingOptions,
): Promise<TrainedBpe> {
  checkBpeTrainingOptions('trainBpeFromWords', options);
  const counts = new Map<string, number>();
  for (const [word, count] of words) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw invalidParameter('trainBpeFromWords', 'count', count, 'an integer of at least 0');
    }
    const text = checkWellFormed(word, options.illFormed);
    counts.set(text, (counts.get(text) ?? 0) + count);
  }
  return train(counts, options, createPause(options.signal));
}

async function countWords(
  corpus: BpeCorpus,
  options: BpeTrainingOptions,
  pause: Pause,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  let read = 0;
  const report = () => options.onEvent?.({ type: 'counting', read, words: counts.size });
  const texts = typeof corpus === 'string' ? [corpus] : corpus;
  for await (const text of texts) {
    if (typeof text !== 'string') throw invalidParameter('trainBpe', 'corpus', text, 'made of strings');
    for (const word of byteLevelWords(checkWellFormed(text, options.illFormed), options)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      read += word.length;
      if (!pause.due()) continue;
      report();
      await pause.take();
    }
  }
  report();
  return counts;
}

async function train(
  counts: ReadonlyMap<string, number>,
  options: BpeTrainingOptions,
  pause: Pause,
): Promise<TrainedBpe> {
  const byteCounts = new Float64Array(256);
  const words = Array.from(counts, ([word, count]) => ({ bytes: encodeUtf8(word), count }));
  for (const { bytes, count } of words) for (const byte of bytes) byteCounts[byte]! += count;
  const { tokens, idOf, idOfByte } = initialVocabulary(byteCounts, options);
  const chain = createSymbolChain(words, idOfByte);
  const steps = learnMerges(chain, tokens, idOf, {
    vocabSize: options.vocabSize,
    minFrequency: options.minFrequency ?? 0,
    maxTokenLength: options.maxTokenLength ?? Number.POSITIVE_INFINITY,
  });
  /** A pair that came up again has its later rank, as in Hugging Face's trainer. */
  const merges = new Map<string, readonly [string, string]>();
  let step = 0;
  for (;;) {
    const { value, done } = steps.next();
    if (done) {
      options.onEvent?.({ type: 'finish', reason: value, vocabSize: tokens.length });
      return trainedBpe(tokens, [...merges.values()], value, options);
    }
    const pair = [tokens[value.left]!, tokens[value.right]!] as const;
    const key = `${value.left} ${value.right}`;
    merges.delete(key);
    merges.set(key, pair);
    const { id, count, isNew } = value;
    options.onEvent?.({
      type: 'merge',
      step: step++,
      pair,
      token: tokens[id]!,
      id,
      count,
      isNew,
      vocabSize: tokens.length,
    });
    if (pause.due()) await pause.take();
  }
}
