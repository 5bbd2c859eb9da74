import { asciiKindOf, asciiKinds, beyondAscii } from '../characters/character-kind';
import type { Configuration } from './configuration';
import type { Configurations } from './configurations';

/** What one character does to a configuration, kind by kind. */
export interface CharacterRun {
  /** Where most characters lead. */
  readonly target: Configuration | undefined;
  /** The kinds of characters that lead to `target`, every one of them. */
  reads: number;
  /** The kinds of characters that lead nowhere, not one of them. */
  refuses: number;
  /** Whether `reads` and `refuses` know of characters beyond ASCII. */
  knowsBeyond: boolean;
}

/**
 * Reads text without looking at each of its characters: where a grammar does not tell characters of some kinds apart
 * (letters within a string), what follows depends on how many they are alone.
 */
export class CharacterRuns {
  readonly #configurations: Configurations;
  /** The classes of bytes that each kind of ASCII characters falls into. */
  readonly #classesOf: readonly (readonly number[])[];

  constructor(configurations: Configurations) {
    this.#configurations = configurations;
    const classes = Array.from({ length: asciiKinds }, () => new Set<number>());
    for (const [byte, kind] of asciiKindOf.entries()) classes[kind]!.add(configurations.classOf[byte]!);
    this.#classesOf = classes.map((set) => [...set]);
  }

  /**
   * How many characters of some kinds can be read from here, whatever they are, up to a number; `undefined` where that
   * depends on the characters.
   */
  reach(from: Configuration, kinds: number, length: number): number | undefined {
    let at = from;
    for (let read = 0; read < length; read++) {
      const run = at.run ?? this.#begin(at);
      if (kinds & beyondAscii && !run.knowsBeyond) this.#readBeyond(at, run);
      if ((kinds & ~run.reads) !== 0) return (kinds & ~run.refuses) === 0 ? read : undefined;
      if (run.target === at) return length;
      at = run.target!;
    }
    return length;
  }

  #begin(from: Configuration): CharacterRun {
    const configurations = this.#configurations;
    let target: Configuration | undefined;
    let reads = 0;
    let refuses = 0;
    for (const [kind, classes] of this.#classesOf.entries()) {
      const next = configurations.follow(from, classes[0]!);
      let isSame = true;
      for (let index = 1; index < classes.length && isSame; index++)
        isSame = configurations.follow(from, classes[index]!) === next;
      if (!isSame) continue;
      if (next === null) refuses |= 1 << kind;
      else {
        target ??= next;
        if (next === target) reads |= 1 << kind;
      }
    }
    from.run = { target, reads, refuses, knowsBeyond: false };
    return from.run;
  }

  #readBeyond(from: Configuration, run: CharacterRun): void {
    run.knowsBeyond = true;
    const next = this.#configurations.followBeyond(from);
    if (next === null) run.refuses |= beyondAscii;
    else if (next && next === run.target) run.reads |= beyondAscii;
  }
}
