import { asciiKindOf, beyondAscii, brokenCharacter } from '../characters/character-kind';
import { utf8Border, utf8Step } from '../characters/utf8-step';
import type { TreeNodes } from './token-tree';

/** What the branches of a tree are made of. */
export interface TreeCharacters {
  /** Characters up to node i. */
  readonly characters: Uint16Array;
  /** Characters that the longest token has below node i; {@link manyCharacters} where a branch has to be walked. */
  readonly heights: Uint16Array;
  /** The kinds of the characters below node i, a bit each. */
  readonly kinds: Int32Array;
}

/** The height of a branch that has to be walked: it is small, begins within a character or holds a part of one. */
const manyCharacters = 0xffff;
/** Branches of fewer tokens are walked. */
const fewTokens = 4;

/** Reads the bytes of a tree as characters. */
export function readCharacters({ bytes, depths, skips, firsts }: TreeNodes): TreeCharacters {
  const count = bytes.length;
  const characters = new Uint16Array(count);
  const own = new Int32Array(count);
  const isBorder = new Uint8Array(count);
  const parents = new Int32Array(count).fill(-1);
  // By depth: the last node, how UTF-8 stands behind it, its characters.
  const nodes = [-1];
  const states = [utf8Border];
  const counts = [0];
  for (let node = 0; node < count; node++) {
    const byte = bytes[node]!;
    const depth = depths[node]!;
    const before = states[depth]!;
    const state = utf8Step(before, byte);
    parents[node] = nodes[depth]!;
    nodes[depth + 1] = node;
    states[depth + 1] = state;
    counts[depth + 1] = characters[node] = counts[depth]! + (before === utf8Border ? 1 : 0);
    isBorder[node] = state === utf8Border ? 1 : 0;
    const isTorn = state !== utf8Border && firsts[node + 1]! > firsts[node]!;
    own[node] = (byte < 0x80 ? 1 << asciiKindOf[byte]! : beyondAscii) | (isTorn ? brokenCharacter : 0);
  }
  const kinds = new Int32Array(count);
  const longest = characters.slice();
  for (let node = count - 1; node >= 0; node--) {
    const parent = parents[node]!;
    if (parent < 0) continue;
    kinds[parent] = kinds[parent]! | kinds[node]! | own[node]!;
    longest[parent] = Math.max(longest[parent]!, longest[node]!);
  }
  const heights = new Uint16Array(count).fill(manyCharacters);
  for (let node = 0; node < count; node++) {
    const isLarge = firsts[skips[node]!]! - firsts[node]! >= fewTokens;
    const isWhole = isBorder[node] === 1 && (kinds[node]! & brokenCharacter) === 0;
    if (isLarge && isWhole) heights[node] = longest[node]! - characters[node]!;
  }
  return { characters, heights, kinds };
}
