import { invalidParameter } from '@nexttoken/model';
import type { BackoffModel } from '../smoothing/backoff-model';
import { forEachNgram } from '../trie/ngram-trie';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';

/** Characters of a piece. */
const pieceLength = 2 ** 16;

/**
 * A model that backs off as an ARPA file: log10 probabilities, each n-gram's weight behind it. `<s>` has the
 * probability 10^-99 that nobody asks for.
 *
 * @returns the text, in pieces
 * @throws NextTokenError `invalid-parameter` for a token with white space in it, which the format cannot hold
 *
 * Format: ARPA, as SRILM's ngram-format(5) describes it.
 */
export function* arpaPieces(model: BackoffModel): Generator<string> {
  const { table, vocabulary } = model;
  const { levels } = table.trie;
  const spelled = Array.from({ length: vocabulary.size }, (_, id) => spelling(vocabulary.tokenOf(id), id));
  let text = '\\data\\\n';
  // <s> is an entry of its own beside </s>.
  for (const [level, { words }] of levels.entries())
    text += `ngram ${level + 1}=${words.length + (level === 0 ? 1 : 0)}\n`;
  for (const level of levels.keys()) {
    text += `\n\\${level + 1}-grams:\n`;
    if (level === 0) text += line(-99, '<s>', weightOf(model, 0, sentenceBorder));
    const lines: string[] = [];
    forEachNgram(table.trie, level, (ids, node) => {
      const words = Array.from(ids, (id, i) =>
        i === 0 && level > 0 && id === sentenceBorder ? '<s>' : spelled[id]!,
      );
      const weight = level === 0 && node === sentenceBorder ? 0 : weightOf(model, level, node);
      lines.push(line(table.logProbabilities[level]![node]! / Math.LN10, words.join(' '), weight));
    });
    for (const own of lines) {
      text += own;
      if (text.length < pieceLength) continue;
      yield text;
      text = '';
    }
  }
  yield `${text}\n\\end\\\n`;
}

/** The weight as log10; `undefined` in the last level. */
function weightOf({ table }: BackoffModel, level: number, node: number): number | undefined {
  const weights = table.logBackoffs[level];
  return weights && weights[node]! / Math.LN10;
}

function line(log10: number, words: string, weight: number | undefined): string {
  const shown = Number.isFinite(log10) ? number(log10) : '-99';
  return `${shown}\t${words}${weight === undefined ? '' : `\t${number(weight)}`}\n`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function spelling(token: string | undefined, id: number): string {
  if (token !== undefined && token !== '' && !/\s/.test(token)) return token;
  throw invalidParameter('arpaPieces', `token ${id}`, token, 'a token without white space');
}
