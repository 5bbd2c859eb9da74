import type { RewriteRule } from './rewrite';

const space = '\\p{White_Space}';
/** What a word is made of, by Unicode's recommendation for regular expressions (UTS 18) … */
const letter = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d]';
/** … and as contractions have it. */
const plainLetter = '[\\p{L}\\p{N}_]';
const borderOf = (of: string) => `(?:(?<=${of})(?!${of})|(?<!${of})(?=${of}))`;
const border = borderOf(plainLetter);

/** A space on both sides of a match. */
const apart = (pattern: string): RewriteRule => ({
  pattern: new RegExp(`(${pattern})`, 'gu'),
  parts: [' ', 1, ' '],
});
/** A cut between two halves, whose ends are given. */
const halves = (pattern: string, flags = 'gu'): RewriteRule => ({
  pattern: new RegExp(pattern, flags),
  parts: [1, ' ', 2, ' '],
});
/** A word of two halves, in any case. */
const joined = (first: string, second: string, behind = border): RewriteRule => ({
  pattern: new RegExp(`${border}(${first})(${second})${behind}`, 'giu'),
  parts: [' ', 1, ' ', 2, ' '],
});
const replaced = (pattern: string, text: string): RewriteRule => ({
  pattern: new RegExp(`(${pattern})`, 'gu'),
  parts: [' ', { text, of: 1 }, ' '],
});

/**
 * Conventions of the Penn Treebank, applied in this order: opening quotes, punctuation, brackets and dashes, then,
 * with a space at both ends, closing quotes and contractions.
 * Source: the conventions of the Penn Treebank (Marcus et al. 1993) as NLTK's `word_tokenize` applies them.
 */
export const openingRules: readonly RewriteRule[] = [
  apart('[«“‘„]|`+'),
  { pattern: /^(")/gu, parts: [{ text: '``', of: 1 }] },
  apart('``'),
  { pattern: /([ ([{<])("|'{2})/gu, parts: [1, ' ', { text: '``', of: 2 }, ' '] },
  {
    pattern: new RegExp(`(?<!${letter})(')(?!(?:re|ve|ll|m|t|s|d|n)${borderOf(letter)})(?=${letter})`, 'giu'),
    parts: [1, ' '],
  },
  {
    pattern: new RegExp(`([^.])(\\.)([\\])}>"'»”’ ]*)${space}*$`, 'gu'),
    parts: [1, ' ', 2, ' ', 3, ' '],
  },
  { pattern: /([:,])(\P{Nd})/gu, parts: [' ', 1, ' ', 2] },
  { pattern: /([:,])$/gu, parts: [' ', 1, ' '] },
  apart('\\.{2,}'),
  apart('[;@#$%&]'),
  apart('[\u2012-\u2015]'),
  { pattern: new RegExp(`([^.])(\\.)([\\])}>"']*)${space}*$`, 'gu'), parts: [1, ' ', 2, 3, ' '] },
  apart('[?!]'),
  { pattern: /([^'])(')( )/gu, parts: [1, ' ', 2, ' '] },
  apart('[*]'),
  apart('[\\][(){}<>]'),
  apart('--'),
];

export const closingRules: readonly RewriteRule[] = [
  apart('[»”’]'),
  replaced("''", "''"),
  replaced('"', "''"),
  // One space stays as it is; other white space becomes one.
  { pattern: new RegExp(`(${space}{2,}|(?! )${space})`, 'gu'), parts: [' '] },
  halves("([^' ])('[sS]|'[mM]|'[dD]|')( )"),
  halves("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T)( )"),
];

/** Whether {@link contractionRules} may change anything. */
export const mayContract = /cannot|d'ye|gimme|gonna|gotta|lemme|more'n|wanna|'t[iw]/i;

export const contractionRules: readonly RewriteRule[] = [
  joined('can', 'not'),
  joined('d', "'ye"),
  joined('gim', 'me'),
  joined('gon', 'na'),
  joined('got', 'ta'),
  joined('lem', 'me'),
  joined('more', "'n"),
  joined('wan', 'na', '(?=[\\p{White_Space}\\x1c-\\x1f])'),
  { pattern: new RegExp(`( )('t)(is)${border}`, 'giu'), parts: [' ', 2, ' ', 3, ' '] },
  { pattern: new RegExp(`( )('t)(was)${border}`, 'giu'), parts: [' ', 2, ' ', 3, ' '] },
];
