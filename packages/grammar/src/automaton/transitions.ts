import { type ByteClasses, byteClasses } from './byte-classes';
import type { Pushdown } from './pushdown';

/** In a state's targets: no edge; several edges, or what lies beyond ASCII told apart. */
export const none = -1;
export const several = -2;

/**
 * Where each class of bytes leads from each state of an automaton. Behind the last class comes one more column: any
 * character beyond ASCII, whole, where they are not told apart.
 */
export class Transitions {
  readonly classOf: Uint8Array;
  readonly classes: ByteClasses['classes'];
  /** Columns of a state's targets. */
  readonly width: number;
  readonly #pushdown: Pushdown;
  readonly #targets: (Int32Array | undefined)[] = [];

  constructor(pushdown: Pushdown) {
    this.#pushdown = pushdown;
    const { classOf, classes } = byteClasses(pushdown);
    this.classOf = classOf;
    this.classes = classes;
    this.width = classes.length + 1;
  }

  /** One state a column, {@link none} or {@link several}. */
  targetsOf(state: number): Int32Array {
    const known = this.#targets[state];
    if (known) return known;
    const { edges, beyond, tornBeyond } = this.#pushdown;
    const targets = new Int32Array(this.width).fill(none);
    const add = (column: number, target: number): void => {
      const isFree = targets[column] === none || targets[column] === target;
      targets[column] = isFree ? target : several;
    };
    const list = edges[state]!;
    for (let at = 0; at < list.length; at += 3) {
      const last = this.classOf[list[at + 1]!]!;
      for (let column = this.classOf[list[at]!]!; column <= last; column++) add(column, list[at + 2]!);
    }
    for (const target of beyond[state]!) add(this.width - 1, target);
    if (tornBeyond[state]) targets[this.width - 1] = several;
    this.#targets[state] = targets;
    return targets;
  }

  /** All states that a byte of a class leads to. */
  *eachTarget(state: number, byteClass: number): Generator<number, void, undefined> {
    const { byte } = this.classes[byteClass]!;
    const list = this.#pushdown.edges[state]!;
    for (let at = 0; at < list.length; at += 3) {
      if (list[at]! <= byte && byte <= list[at + 1]!) yield list[at + 2]!;
    }
  }
}
