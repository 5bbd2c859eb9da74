import { invalidParameter } from '@nexttoken/model';
import { type RewrittenText, rewrite, withSpaces } from './rewrite';
import { splitSentences, type TextSpan } from './split-sentences';
import { closingRules, contractionRules, mayContract, openingRules } from './treebank-rules';
import { isSpaceUnit } from './white-space';

/**
 * The words of an English sentence by the Penn Treebank's conventions: punctuation apart, `ca` `n't`, `it` `'s`, `can`
 * `not`, double quotes as two backquotes at the start of a quotation and two apostrophes at its end. `start` and `end`
 * are where the word stands, so a quote's span holds the sign that the text has.
 *
 * Only the period at the end of the given text is cut off, so give it one sentence, or use `splitWords`.
 * Source: Marcus et al. 1993 as in NLTK's `word_tokenize`. Cost: O(length), for every rule.
 */
export function splitSentenceWords(sentence: string): TextSpan[] {
  if (typeof sentence !== 'string')
    throw invalidParameter('splitSentenceWords', 'sentence', sentence, 'a string');
  let state: RewrittenText = {
    text: sentence,
    origins: Int32Array.from({ length: sentence.length }, (_, i) => i),
  };
  for (const rule of openingRules) state = rewrite(state, rule);
  state = withSpaces(state);
  for (const rule of closingRules) state = rewrite(state, rule);
  if (mayContract.test(state.text)) for (const rule of contractionRules) state = rewrite(state, rule);
  return collect(state);
}

/** The words of an English text, sentence by sentence: `splitSentences`, then `splitSentenceWords`. */
export function splitWords(text: string): TextSpan[][] {
  return splitSentences(text).map((sentence) =>
    splitSentenceWords(sentence.text).map(({ text: word, start, end }) => ({
      text: word,
      start: sentence.start + start,
      end: sentence.start + end,
    })),
  );
}

function collect({ text, origins }: RewrittenText): TextSpan[] {
  const words: TextSpan[] = [];
  for (let at = 0; at < text.length; ) {
    if (isSpaceUnit(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    let end = at;
    while (end < text.length && !isSpaceUnit(text.charCodeAt(end))) end += 1;
    words.push({ text: text.slice(at, end), start: origins[at]!, end: origins[end - 1]! + 1 });
    at = end;
  }
  return words;
}
