import type { AddedToken } from './added-tokens';
import { createUnitFinder } from './unit-finder';

/** A part `[start, end)` of a text: an added token, or text between them. */
interface TextSection {
  readonly start: number;
  readonly end: number;
  readonly token?: AddedToken;
}

interface TrieNode {
  readonly next: Map<number, TrieNode>;
  token?: AddedToken;
}

/** Cuts a text at its added tokens. */
export type FindAddedTokens = (text: string) => TextSection[];

/**
 * Finds added tokens in a text: the leftmost first, the longest of those.
 * @param form how a token is written in the text that is searched
 */
export function createAddedTokenSplitter(
  tokens: readonly AddedToken[],
  form: (content: string) => string,
): FindAddedTokens {
  const root: TrieNode = { next: new Map() };
  for (const token of tokens) insert(root, form(token.content), token);
  const candidates = createUnitFinder([...root.next.keys()]);
  return (text) => {
    const sections: TextSection[] = [];
    const nextCandidate = candidates(text);
    let done = 0;
    for (let at = nextCandidate(0); at < text.length; at = nextCandidate(at)) {
      const found = longest(root, text, at);
      if (found === undefined) {
        at += 1;
        continue;
      }
      const { token } = found;
      const [from, to] = [at, found.end];
      at = to;
      if (token.singleWord && (endsWord(text, from) || startsWord(text, to))) continue;
      const start = token.leftStrip ? Math.max(done, endOfText(text, from)) : from;
      const end = token.rightStrip ? to + leadingSpace(text, to) : to;
      if (start > done) sections.push({ start: done, end: start });
      sections.push({ start, end, token });
      done = end;
      at = Math.max(at, end);
    }
    if (done < text.length) sections.push({ start: done, end: text.length });
    return sections;
  };
}

function insert(root: TrieNode, form: string, token: AddedToken): void {
  if (form === '') return;
  let node = root;
  for (let i = 0; i < form.length; i++) {
    const unit = form.charCodeAt(i);
    let child = node.next.get(unit);
    if (child === undefined) {
      child = { next: new Map() };
      node.next.set(unit, child);
    }
    node = child;
  }
  node.token = token;
}

function longest(root: TrieNode, text: string, from: number): { token: AddedToken; end: number } | undefined {
  let best: { token: AddedToken; end: number } | undefined;
  let node = root.next.get(text.charCodeAt(from));
  for (let end = from + 1; node !== undefined; end++) {
    if (node.token !== undefined) best = { token: node.token, end };
    node = end < text.length ? node.next.get(text.charCodeAt(end)) : undefined;
  }
  return best;
}

/** What a word is made of, by UTS #18. */
const word = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]';
const wordBefore = new RegExp(`${word}$`, 'u');
const wordBehind = new RegExp(`^${word}`, 'u');

function endsWord(text: string, at: number): boolean {
  return wordBefore.test(text.slice(Math.max(0, at - 2), at));
}

function startsWord(text: string, at: number): boolean {
  return wordBehind.test(text.slice(at, at + 2));
}

/** Where the white space before `at` begins. */
function endOfText(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\p{White_Space}/u.test(text[start - 1]!)) start -= 1;
  return start;
}

function leadingSpace(text: string, at: number): number {
  let length = 0;
  while (at + length < text.length && /\p{White_Space}/u.test(text[at + length]!)) length += 1;
  return length;
}
