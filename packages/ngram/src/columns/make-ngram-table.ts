import { invalidParameter } from '@nexttoken/model';
import { nodeOf, type TrieLevel } from '../trie/ngram-trie';
import { orderLevel } from '../trie/order-level';
import { firstToken, sentenceBorder } from '../vocabulary/ngram-vocabulary';
import { WordVocabulary } from '../vocabulary/word-vocabulary';
import type { NgramColumns } from './ngram-columns';
import { NgramTable } from './ngram-table';

/**
 * Counts from columns: one table for each length from 1 up, the shortest first, in any order of rows. Ids are given in the
 * order of the 1-grams.
 *
 * @throws NextTokenError `invalid-parameter` for columns of different lengths, counts that are no integers in [1, 2^31), an n-gram
 *   twice, without the one that begins it, or with a word that is no 1-gram; no `</s>` among the 1-grams
 *
 * Cost: 12 bytes an n-gram, and a sort of each table.
 */
export function ngramTable(tables: readonly NgramColumns[]): NgramTable {
  if (tables.length === 0) throw wrong(0, 'at least one table', tables);
  for (const [index, { words, counts }] of tables.entries()) {
    if (words.length !== index + 1) throw wrong(index, `${index + 1} word columns`, words.length);
    const length = words.find((column) => column.length !== counts.length)?.length;
    if (length !== undefined) throw wrong(index, `columns of ${counts.length} rows`, length);
  }
  const vocabulary = new WordVocabulary();
  const levels: TrieLevel[] = [];
  const counts: Int32Array[] = [];
  for (const [index, table] of tables.entries()) {
    if (index === 0) {
      counts.push(singleCounts(table, vocabulary));
      levels.push({
        words: Int32Array.from({ length: vocabulary.size }, (_, id) => id),
        starts: new Int32Array(0),
      });
      continue;
    }
    const width = index + 1;
    const ids = idsOf(table, vocabulary, index);
    const parents = Int32Array.from({ length: table.counts.length }, (_, row) => {
      const node = nodeOf({ levels }, ids, row * width, row * width + index);
      if (node < 0) throw wrong(index, 'n-grams whose beginning is in the table before', rowText(table, row));
      return node;
    });
    const { order, words, starts } = orderLevel(ids, width, parents, levels[index - 1]!.words.length, (row) =>
      wrong(index, 'every n-gram once', rowText(table, row)),
    );
    levels[index - 1] = { words: levels[index - 1]!.words, starts };
    levels.push({ words, starts: new Int32Array(0) });
    counts.push(order.map((row) => countOf(table, row, index)));
  }
  return new NgramTable({ levels, counts }, vocabulary);
}

function singleCounts(table: NgramColumns, vocabulary: WordVocabulary): Int32Array {
  const [words] = table.words as readonly [readonly string[]];
  const counts = new Int32Array(words.length + firstToken + 1);
  for (const [row, word] of words.entries()) {
    if (word === '<s>') continue;
    const id = word === '</s>' ? sentenceBorder : vocabulary.add(word);
    if (counts[id]! > 0) throw wrong(0, 'every n-gram once', word);
    counts[id] = countOf(table, row, 0);
  }
  if (counts[sentenceBorder] === 0) throw wrong(0, '</s> among the 1-grams', undefined);
  // A corpus has one border more than sentences.
  counts[sentenceBorder]!++;
  return counts.slice(0, vocabulary.size);
}

function idsOf({ words, counts }: NgramColumns, vocabulary: WordVocabulary, index: number): Int32Array {
  const width = words.length;
  const ids = new Int32Array(counts.length * width);
  for (const [place, column] of words.entries()) {
    const border = place === 0 ? '<s>' : place === width - 1 ? '</s>' : undefined;
    for (const [row, word] of column.entries()) {
      const id = vocabulary.idOf(word);
      if (id === undefined || (id === sentenceBorder && word !== border)) {
        throw wrong(index, 'words that are 1-grams, <s> first, </s> last', word);
      }
      ids[row * width + place] = id;
    }
  }
  return ids;
}

function countOf({ counts }: NgramColumns, row: number, index: number): number {
  const count = Number(counts[row]);
  if (Number.isInteger(count) && count >= 1 && count < 2 ** 31) return count;
  throw wrong(index, 'counts from 1 to 2^31 - 1', counts[row]);
}

function rowText({ words }: NgramColumns, row: number): string {
  return words.map((column) => column[row]).join(' ');
}

function wrong(index: number, expected: string, value: unknown): Error {
  return invalidParameter('ngramTable', `tables[${index}]`, value, expected);
}
