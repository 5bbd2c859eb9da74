import { invalidParameter } from '@nexttoken/model';
import { holdsSentenceEnd } from './is-sentence-end';
import { isSpaceUnit, notSpace, space, spaceEnd, trimmedEnd } from './white-space';

/** A part of a text, in UTF-16 code units. */
export interface TextSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The sentences of an English text. A period, question or exclamation mark ends one when punctuation or another word
 * follows, unless it belongs to an abbreviation, an initial or a number; quotes and brackets behind it stay with it.
 * White space between sentences and at the end belongs to none; at the start of the text it is part of the first one.
 *
 * The rules are Punkt's, with lists of abbreviations and of common words of our own in the place of its trained
 * parameters; how far it agrees with NLTK is in the package's README.
 * Source: Kiss and Strunk 2006, Unsupervised Multilingual Sentence Boundary Detection. Cost: O(length).
 */
export function splitSentences(text: string): TextSpan[] {
  if (typeof text !== 'string') throw invalidParameter('splitSentences', 'text', text, 'a string');
  const slices: [number, number][] = [];
  let start = 0;
  for (const { end, next, context } of candidates(text)) {
    if (!holdsSentenceEnd(context)) continue;
    slices.push([start, end]);
    start = next;
  }
  slices.push([start, trimmedEnd(text, start, text.length)]);
  return withClosingMarks(text, slices);
}

/** Quotes and brackets at the start of a sentence, before white space or its end, belong to the one before. */
function withClosingMarks(text: string, slices: readonly (readonly [number, number])[]): TextSpan[] {
  const spans: TextSpan[] = [];
  let moved = 0;
  slices.forEach(([begin, end], i) => {
    const start = Math.max(begin, moved);
    let stop = end;
    const following = slices[i + 1];
    if (following !== undefined) {
      const marks = closingMarks(text, following[0], following[1]);
      if (marks > following[0]) {
        stop = marks;
        moved = spaceEnd(text, marks);
      }
    }
    if (stop > start) spans.push({ text: text.slice(start, stop), start, end: stop });
  });
  return spans;
}

/** Where the closing quotes and brackets that begin at `start` end; `start` where they are part of a word. */
function closingMarks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && '"\')]}‘’“”«»'.includes(text[at]!)) at += 1;
  if (at === start || at === end || isSpaceUnit(text.charCodeAt(at)) || text.startsWith('--', at)) return at;
  return start;
}

interface Candidate {
  /** Behind the mark. */
  readonly end: number;
  /** Where the next sentence would begin. */
  readonly next: number;
  /** The word with the mark, and what follows it. */
  readonly context: string;
}

const mark = new RegExp(`[.?!](?=([)";}\\]*:@'({[‘’“”«»!?])|${space}+(${notSpace}+))`, 'gu');

/** Marks that may end a sentence; of several in one word the last. */
function* candidates(text: string): Generator<Candidate> {
  let pending: Candidate | undefined;
  let wordStart = 0;
  let wordEnd = 0;
  for (const match of text.matchAll(mark)) {
    const at = match.index;
    let blank = at - 1;
    while (blank > wordEnd && !isAsciiSpace(text.charCodeAt(blank))) blank -= 1;
    const start = blank > wordEnd ? blank + 1 : wordStart;
    if (pending !== undefined && wordEnd <= start) yield pending;
    const [sign, closing, word] = match;
    const following = word === undefined ? at + 1 : spaceEnd(text, at + 1);
    const behind = word === undefined ? closing : text.slice(at + 1, following) + word;
    pending = { end: at + 1, next: following, context: text.slice(start, at) + sign + behind };
    wordStart = start;
    wordEnd = at;
  }
  if (pending !== undefined) yield pending;
}

function isAsciiSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
}
