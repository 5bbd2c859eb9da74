import type { Configuration, Configurations } from '../automaton/configuration';
import type { TokenTree } from './token-tree';
import { isPlain, type TokenMask, type Vocabulary } from './vocabulary';

const plainBytes = Array.from({ length: 256 }, (_, byte) => byte).filter(isPlain);

/** Where every plain byte leads, if all lead to the same place; `null`: none leads anywhere; `undefined`: they differ. */
function behindPlain(configurations: Configurations, from: Configuration): Configuration | null | undefined {
  if (from.behindPlain !== undefined) return from.behindPlain.target;
  const { classOf } = configurations;
  const target = configurations.follow(from, classOf[plainBytes[0]!]!);
  let last = -1;
  let same = true;
  for (let index = 1; index < plainBytes.length && same; index++) {
    const byteClass = classOf[plainBytes[index]!]!;
    if (byteClass !== last) same = configurations.follow(from, byteClass) === target;
    last = byteClass;
  }
  from.behindPlain = { target: same ? target : undefined };
  return from.behindPlain.target;
}

/** How many plain bytes can be read whatever they are; `undefined` where the answer depends on the bytes. */
function plainReach(
  configurations: Configurations,
  from: Configuration,
  longest: number,
): number | undefined {
  let at = from;
  for (let reach = 0; reach < longest; reach++) {
    const next = behindPlain(configurations, at);
    if (next === undefined) return undefined;
    if (next === null) return reach;
    if (next === at) return longest;
    at = next;
  }
  return longest;
}

/** Marks the tokens of a tree that can be read, branches that lead nowhere skipped; returns how many they are. */
function walk(
  configurations: Configurations,
  from: Configuration,
  tree: TokenTree,
  longest: number,
  bits: Int32Array,
): number {
  const { bytes, depths, skips, firsts, ids } = tree;
  const { classOf } = configurations;
  const path = new Array<Configuration>(longest + 1).fill(from);
  let count = 0;
  for (let node = 0; node < bytes.length; ) {
    const depth = depths[node]!;
    const byteClass = classOf[bytes[node]!]!;
    const at = path[depth]!;
    let next = at.next[byteClass];
    if (next === undefined) next = configurations.follow(at, byteClass);
    if (next === null) {
      node = skips[node]!;
      continue;
    }
    path[depth + 1] = next;
    for (let token = firsts[node]!; token < firsts[node + 1]!; token++) {
      const id = ids[token]!;
      bits[id >> 5] = bits[id >> 5]! | (1 << (id & 31));
      count++;
    }
    node++;
  }
  return count;
}

/**
 * The tokens whose bytes the automaton can read from here, in one walk over the vocabulary's trees. Where plain text is
 * read without telling its bytes apart (within a string) only the other tokens are walked. The answer is kept with the
 * configuration: coming back costs nothing.
 */
export function maskTokens(
  configurations: Configurations,
  from: Configuration,
  vocabulary: Vocabulary,
): TokenMask {
  if (from.mask) return from.mask;
  const { plain, other, longest, vocabSize } = vocabulary;
  const reach = plainReach(configurations, from, longest);
  const known = reach === undefined ? undefined : vocabulary.plainUpTo(reach);
  const bits = known ? known.bits.slice() : new Int32Array(Math.ceil(vocabSize / 32));
  const count =
    (known ? known.count : walk(configurations, from, plain, longest, bits)) +
    walk(configurations, from, other, longest, bits);
  from.mask = { bits, count };
  return from.mask;
}

/** Whether a token is in the mask. */
export const isAllowed = ({ bits }: TokenMask, id: number): boolean =>
  ((bits[id >> 5]! >>> (id & 31)) & 1) === 1;
