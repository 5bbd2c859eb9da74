import type { CharacterRuns } from '../automaton/character-runs';
import type { Configuration } from '../automaton/configuration';
import { type Configurations, nowhere, unknown } from '../automaton/configurations';
import type { TokenTree } from './token-tree';
import type { TokenMask, Vocabulary } from './vocabulary';
import { walkBranch } from './walk-branch';

/** A mask that was made, and where each class of first bytes led. */
interface MadeMask {
  readonly targets: Int32Array;
  readonly mask: TokenMask;
}

/** How many masks are remembered: the next one often differs from one of them by a few first bytes. */
const remembered = 4;

function countBits(bits: Int32Array): number {
  let count = 0;
  for (const word of bits) {
    const pairs = word - ((word >>> 1) & 0x55555555);
    const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    count += (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

function clearBranch({ firsts, skips, ids }: TokenTree, node: number, bits: Int32Array): void {
  const end = firsts[skips[node]!]!;
  for (let token = firsts[node]!; token < end; token++) {
    const id = ids[token]!;
    bits[id >> 5] = bits[id >> 5]! & ~(1 << (id & 31));
  }
}

/** Tokens with the bytes of another one go with it. */
function takeTwins({ twins }: TokenTree, bits: Int32Array): void {
  for (let index = 0; index < twins.length; index += 2) {
    const [first, other] = [twins[index]!, twins[index + 1]!];
    if ((bits[first >> 5]! >>> (first & 31)) & 1) bits[other >> 5] = bits[other >> 5]! | (1 << (other & 31));
  }
}

/** Makes masks and keeps each with its configuration: coming back costs nothing. */
export class TokenMasks {
  readonly #configurations: Configurations;
  readonly #runs: CharacterRuns;
  readonly #vocabulary: Vocabulary;
  readonly #path: Int32Array;
  #made: MadeMask[] = [];
  /** The table's, whose rows `#made` names. */
  #generation = 0;

  constructor(configurations: Configurations, runs: CharacterRuns, vocabulary: Vocabulary) {
    this.#configurations = configurations;
    this.#runs = runs;
    this.#vocabulary = vocabulary;
    this.#path = new Int32Array(vocabulary.longest + 1);
  }

  /**
   * The tokens whose bytes the automaton can read from here: one walk over the vocabulary's tree, without the branches
   * that lead where they led from a place before.
   */
  maskOf(from: Configuration): TokenMask {
    if (from.mask) return from.mask;
    this.#configurations.tidy();
    if (this.#generation !== this.#configurations.generation) this.#made = [];
    this.#generation = this.#configurations.generation;
    const { tree, vocabSize } = this.#vocabulary;
    const targets = this.#targetsOf(from);
    const base = this.#closest(targets);
    const words = Math.ceil(vocabSize / 32);
    const bits = new Int32Array(words + 1);
    if (base) bits.set(base.mask.bits);
    this.#path[0] = from.index;
    const walk = { configurations: this.#configurations, runs: this.#runs, tree, path: this.#path, bits };
    for (let node = 0; node < tree.bytes.length; node = tree.skips[node]!) {
      const byteClass = this.#configurations.classOf[tree.bytes[node]!]!;
      const target = targets[byteClass]!;
      const known = base ? base.targets[byteClass]! : nowhere;
      if (target === known) continue;
      if (known !== nowhere) clearBranch(tree, node, bits);
      if (target !== nowhere) walkBranch(walk, node, tree.skips[node]!);
    }
    takeTwins(tree, bits);
    const ids = bits.subarray(0, words);
    const mask = { bits: ids, count: countBits(ids) };
    from.mask = mask;
    this.#made = [{ targets, mask }, ...this.#made.slice(0, remembered - 1)];
    return mask;
  }

  #targetsOf(from: Configuration): Int32Array {
    const { width } = this.#configurations;
    const begin = this.#configurations.indexOf(from) * width;
    for (let column = 0; column < width - 1; column++) {
      if (this.#configurations.table[begin + column] === unknown)
        this.#configurations.find(from.index, column);
    }
    return this.#configurations.table.slice(begin, begin + width - 1);
  }

  /** The mask of which most tokens are taken over, if they are many. */
  #closest(targets: Int32Array): MadeMask | undefined {
    const { bytes, firsts, skips, ids } = this.#vocabulary.tree;
    const { classOf } = this.#configurations;
    let best: MadeMask | undefined;
    let most = ids.length / 8;
    for (const made of this.#made) {
      let same = 0;
      for (let node = 0; node < bytes.length; node = skips[node]!) {
        const byteClass = classOf[bytes[node]!]!;
        if (targets[byteClass] !== nowhere && targets[byteClass] === made.targets[byteClass])
          same += firsts[skips[node]!]! - firsts[node]!;
      }
      if (same > most) [best, most] = [made, same];
    }
    return best;
  }
}

/** Whether a token is in the mask. */
export const isAllowed = ({ bits }: TokenMask, id: number): boolean =>
  ((bits[id >> 5]! >>> (id & 31)) & 1) === 1;
