import { NextTokenError, type TokenOffset, type TraceStep } from '@nexttoken/model';
import { assembleTokenizer } from '../tokenizer/assemble-tokenizer';
import { listVocabulary } from '../tokenizer/token-vocabulary';
import type { TracingTokenizer } from '../tokenizer/tracing-tokenizer';
import { padFreePlan } from './pad-free-plan';
import { readTokens, roleIds } from './role-vocabulary';
import { wordSpans } from './word-spans';
import type { WordVocabulary } from './word-vocabulary';

/**
 * Every word a token: `ids = words(text).map(lookUp)`; decoding puts one space between tokens. Offsets are those of
 * the words, the white space between them belongs to none. Padding decodes to nothing.
 *
 * @param vocabulary from `wordVocabulary`, or what was stored of it
 * @throws NextTokenError `invalid-parameter` for a vocabulary that contradicts itself. Encoding a word that is not in
 *   it: its unknown token, or without one `encode-failed`, which names the word and where it stands
 * Cost: O(text).
 */
export function wordTokenizer(vocabulary: WordVocabulary): TracingTokenizer {
  const { tokens, lowercase } = vocabulary;
  const idOf = readTokens('wordTokenizer', tokens);
  const specialTokens = roleIds('wordTokenizer', vocabulary, idOf);
  const { pad, unknown } = specialTokens;
  const spell = (text: string, [start, end]: TokenOffset) => {
    const word = text.slice(start, end);
    return lowercase ? word.toLowerCase() : word;
  };
  const encode = (text: string) => {
    const spans = wordSpans(text);
    const ids = Int32Array.from(spans, (span) => {
      const word = spell(text, span);
      return idOf.get(word) ?? unknown ?? refuse(word, span[0]);
    });
    return { ids, offsets: () => spans };
  };
  return assembleTokenizer({
    kind: 'word',
    vocabulary: listVocabulary(tokens, idOf),
    specialIds: new Set([pad, unknown].filter((id) => id !== undefined)),
    specialTokens,
    plans: [padFreePlan(pad === undefined ? undefined : tokens[pad], ' ')],
    cleanUpSpaces: false,
    encode,
    trace(text) {
      const { ids, offsets } = encode(text);
      const spans = offsets();
      const steps: TraceStep[] = [
        {
          step: 'pre-tokenizer',
          type: 'WhitespaceSplit',
          pieces: spans.map((offset) => ({ text: text.slice(...offset), offset })),
        },
      ];
      const pieces = spans.map((offset) => ({ text: spell(text, offset), offset }));
      if (lowercase) steps.push({ step: 'normalizer', type: 'Lowercase', pieces });
      const words = pieces.map((piece, i) => ({
        ...piece,
        tokens: [{ id: ids[i]!, token: tokens[ids[i]!]!, offset: piece.offset }],
      }));
      steps.push({ step: 'model', type: 'WordLevel', words });
      return { ids, steps };
    },
  });
}

function refuse(word: string, at: number): never {
  const message = `the vocabulary has no word ${JSON.stringify(word)} (at ${at}) and no unknown token`;
  throw new NextTokenError('encode-failed', message, { text: word, kind: 'out-of-vocabulary', at });
}
