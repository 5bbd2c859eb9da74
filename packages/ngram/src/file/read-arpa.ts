import { BackoffModel } from '../smoothing/backoff-model';
import { nodeOf, type TrieLevel } from '../trie/ngram-trie';
import { sentenceBorder, unknownToken } from '../vocabulary/ngram-vocabulary';
import { WordVocabulary } from '../vocabulary/word-vocabulary';
import { type ArpaEntries, arpaLevel } from './arpa-level';
import { ArpaLines } from './arpa-lines';

/**
 * A model from the text of an ARPA file, of any order. A vocabulary without `<unk>` gives unknown tokens the probability 0.
 *
 * @param text the whole file
 * @param path a name for error messages
 * @throws NextTokenError `invalid-file` for missing or unknown sections, counts that do not match, lines that are no
 *   entries, n-grams given twice or without the one that begins them; `details.line` says where
 *
 * Cost: some 25 bytes an n-gram beside the text.
 */
export function readArpa(text: string, path = 'ARPA file'): BackoffModel {
  const lines = new ArpaLines(text, path);
  const counts = lines.counts();
  const vocabulary = new WordVocabulary();
  const levels: TrieLevel[] = [];
  const logProbabilities: Float64Array[] = [];
  const logBackoffs: Float64Array[] = [];
  for (const [index, count] of counts.entries()) {
    lines.section(`\\${index + 1}-grams:`);
    const last = index + 1 === counts.length;
    const entries = readEntries(lines, count, index, vocabulary, last);
    if (index === 0) {
      const single = singleTokens(entries, vocabulary.size, lines);
      levels.push({
        words: Int32Array.from({ length: vocabulary.size }, (_, id) => id),
        starts: new Int32Array(0),
      });
      logProbabilities.push(single.logProbabilities);
      if (!last) logBackoffs.push(single.logBackoffs);
      continue;
    }
    const parents = Int32Array.from({ length: count }, (_, entry) => {
      const from = entry * (index + 1);
      const parent = nodeOf({ levels }, entries.ids, from, from + index);
      if (parent < 0)
        throw lines.error(
          `an n-gram of ${index + 1} words without the one that begins it`,
          entries.lines[entry]!,
        );
      return parent;
    });
    const made = arpaLevel(entries, parents, levels[index - 1]!.words.length, index + 1, lines);
    levels[index - 1] = { words: levels[index - 1]!.words, starts: made.starts };
    levels.push({ words: made.words, starts: new Int32Array(0) });
    logProbabilities.push(made.logProbabilities);
    if (!last) logBackoffs.push(made.logBackoffs);
  }
  lines.section('\\end\\');
  return new BackoffModel('arpa', { order: counts.length }, vocabulary, {
    trie: { levels },
    logProbabilities,
    logBackoffs,
  });
}

function readEntries(
  lines: ArpaLines,
  count: number,
  index: number,
  vocabulary: WordVocabulary,
  last: boolean,
): ArpaEntries {
  const width = index + 1;
  const entries: ArpaEntries = {
    ids: new Int32Array(count * width),
    logProbabilities: new Float64Array(count),
    logBackoffs: new Float64Array(count),
    lines: new Int32Array(count),
    starts: new Uint8Array(count),
  };
  for (let entry = 0; entry < count; entry++) {
    const { words, log10, weight } = lines.entry(width, !last);
    entries.lines[entry] = lines.number;
    entries.logProbabilities[entry] = log10 * Math.LN10;
    entries.logBackoffs[entry] = weight * Math.LN10;
    for (const [i, word] of words.entries()) {
      const border = word === '<s>' || word === '</s>';
      if (border && word !== (i === 0 ? '<s>' : '</s>') && width > 1)
        throw lines.error(`${word} within an n-gram`);
      if (border && i > 0 && i < width - 1) throw lines.error(`${word} within an n-gram`);
      if (word === '<s>') entries.starts[entry] = 1;
      const id = border ? sentenceBorder : index === 0 ? vocabulary.add(word) : vocabulary.idOf(word);
      if (id === undefined) throw lines.error(`${word} is no 1-gram`);
      entries.ids[entry * width + i] = id;
    }
  }
  return entries;
}

/** `</s>` gives node 0 its probability, `<s>` its weight. */
function singleTokens(
  entries: ArpaEntries,
  size: number,
  lines: ArpaLines,
): { readonly logProbabilities: Float64Array; readonly logBackoffs: Float64Array } {
  const logProbabilities = new Float64Array(size).fill(Number.NaN);
  const logBackoffs = new Float64Array(size);
  const started = entries.starts.includes(1);
  for (const [entry, id] of entries.ids.entries()) {
    if (entries.starts[entry] !== 1) {
      if (!Number.isNaN(logProbabilities[id]!))
        throw lines.error('a 1-gram given twice', entries.lines[entry]!);
      logProbabilities[id] = entries.logProbabilities[entry]!;
    }
    if (id !== sentenceBorder || entries.starts[entry] === 1) logBackoffs[id] = entries.logBackoffs[entry]!;
  }
  if (!started || Number.isNaN(logProbabilities[sentenceBorder]!)) throw lines.error('no 1-gram <s> or </s>');
  if (Number.isNaN(logProbabilities[unknownToken]!))
    logProbabilities[unknownToken] = Number.NEGATIVE_INFINITY;
  return { logProbabilities, logBackoffs };
}
