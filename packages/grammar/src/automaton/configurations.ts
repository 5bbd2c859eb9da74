import type { ByteClasses } from './byte-classes';
import type { Configuration } from './configuration';
import type { Pushdown } from './pushdown';
import { rulesOf } from './rules-of';
import { createStack, type Place, type Stack } from './stack';
import { none, several, Transitions } from './transitions';

/** How many configurations are kept, with their masks: some 50 MB at 49,152 tokens. */
const most = 8000;
/** In the table: nobody asked yet; no text leads there; it depends on the character. */
export const unknown = -1;
export const nowhere = 0;
const unsure = -2;

/** A name for places in any order. */
function nameOf(places: readonly Place[]): number | string {
  if (places.length === 1) return places[0]!.id;
  const ids = places.map(({ id }) => id).sort((a, b) => a - b);
  return ids.at(-1)! < 0x10000 ? String.fromCharCode(...ids) : ids.join();
}

/**
 * Finds configurations as they are asked for, and keeps them: the automaton's determinization, as far as it is used. What
 * is known of it is a table of numbers: a row a configuration, a column a class of bytes, behind them one for any
 * character beyond ASCII.
 */
export class Configurations {
  readonly #pushdown: Pushdown;
  readonly #transitions: Transitions;
  /** By the places that are reached before what costs no byte, and by all places. */
  readonly #reached = new Map<number | string, Configuration>();
  readonly #known = new Map<number | string, Configuration>();
  readonly #bottom = createStack(-1, undefined);
  readonly #listed: (Configuration | undefined)[] = [undefined];
  /** The class of each byte. */
  readonly classOf: Uint8Array;
  readonly classes: ByteClasses['classes'];
  /** Columns of the table. */
  readonly width: number;
  /** Rows and {@link unknown}, {@link nowhere}, {@link unsure}: `table[row * width + column]`. Growing replaces it. */
  table: Int32Array;
  readonly start: Configuration;
  /** How often rows got other numbers. */
  generation = 0;
  #places = 0;
  #searches = 0;

  constructor(pushdown: Pushdown) {
    this.#pushdown = pushdown;
    this.#transitions = new Transitions(pushdown);
    const { classOf, classes, width } = this.#transitions;
    this.classOf = classOf;
    this.classes = classes;
    this.width = width;
    this.table = new Int32Array(width * 64).fill(unknown).fill(nowhere, 0, width);
    this.start = this.#close([this.#place(pushdown.start, this.#bottom)]);
  }

  /** The row of a configuration in the table. */
  indexOf(configuration: Configuration): number {
    if (this.#listed[configuration.index] !== configuration) this.#list(configuration);
    return configuration.index;
  }

  /** The configuration of a row. */
  at(index: number): Configuration {
    return this.#listed[index]!;
  }

  /** Where a class of bytes leads. */
  follow(configuration: Configuration, byteClass: number): Configuration | null {
    const target = this.#step(configuration, byteClass);
    return target === nowhere ? null : this.#listed[target]!;
  }

  /** Where every character beyond ASCII leads; `undefined` where they are told apart. */
  followBeyond(configuration: Configuration): Configuration | null | undefined {
    const target = this.#step(configuration, this.width - 1);
    if (target === unsure) return undefined;
    return target === nowhere ? null : this.#listed[target]!;
  }

  #step(configuration: Configuration, column: number): number {
    const index = this.indexOf(configuration);
    const known = this.table[index * this.width + column]!;
    return known === unknown ? this.find(index, column) : known;
  }

  /** Fills in a cell of the table that is {@link unknown}. */
  find(index: number, column: number): number {
    const reached: Place[] = [];
    let target = unknown;
    for (const { state, stack } of this.#listed[index]!.places) {
      const next = this.#transitions.targetsOf(state)[column]!;
      if (next === none) continue;
      if (next !== several) reached.push(this.#place(next, stack));
      else if (column === this.width - 1) target = unsure;
      else
        for (const each of this.#transitions.eachTarget(state, column))
          reached.push(this.#place(each, stack));
    }
    if (target !== unsure) target = reached.length === 0 ? nowhere : this.#reach(reached).index;
    this.table[index * this.width + column] = target;
    return target;
  }

  #reach(reached: readonly Place[]): Configuration {
    const name = nameOf(reached);
    const known = this.#reached.get(name);
    if (known) return known;
    const configuration = this.#close(reached);
    this.#reached.set(name, configuration);
    return configuration;
  }

  #place(state: number, stack: Stack): Place {
    let place = stack.places.get(state);
    if (!place) {
      place = { id: this.#places++, state, stack, seen: 0 };
      stack.places.set(state, place);
    }
    return place;
  }

  #push(stack: Stack, state: number): Stack {
    let child = stack.children.get(state);
    if (!child) {
      child = createStack(state, stack);
      stack.children.set(state, child);
    }
    return child;
  }

  /** Follows what costs no byte. */
  #close(reached: readonly Place[]): Configuration {
    const { edges, silent, calls, ends } = this.#pushdown;
    const search = ++this.#searches;
    const places: Place[] = [];
    let accepting = false;
    const open = [...reached];
    for (let place = open.pop(); place; place = open.pop()) {
      if (place.seen === search) continue;
      place.seen = search;
      const { state, stack } = place;
      if (edges[state]!.length > 0) places.push(place);
      if (ends[state]) {
        if (stack.parent) open.push(this.#place(stack.state, stack.parent));
        else accepting = true;
      }
      for (const target of silent[state]!) open.push(this.#place(target, stack));
      const called = calls[state]!;
      for (let index = 0; index < called.length; index += 2) {
        const behind = called[index + 1]!;
        open.push(this.#place(called[index]!, behind < 0 ? stack : this.#push(stack, behind)));
      }
    }
    const name = accepting ? `${nameOf(places)}!` : nameOf(places);
    const known = this.#known.get(name);
    if (known) return known;
    const configuration = { places, accepting, index: nowhere, mask: undefined, run: undefined };
    this.#list(configuration);
    this.#known.set(name, configuration);
    return configuration;
  }

  /** Gives a configuration a row of the table. */
  #list(configuration: Configuration): void {
    configuration.index = this.#listed.length;
    this.#listed.push(configuration);
    const needed = this.#listed.length * this.width;
    if (needed <= this.table.length) return;
    const grown = new Int32Array(2 * needed).fill(unknown, this.table.length);
    grown.set(this.table);
    this.table = grown;
  }

  /**
   * Lets go of what is known where it is much: rows get other numbers. Configurations in use stay valid, what they lead to
   * is found again.
   */
  tidy(): void {
    if (this.#listed.length <= most) return;
    for (const configuration of this.#listed) {
      if (configuration) configuration.mask = configuration.run = undefined;
    }
    this.#listed.length = 1;
    this.#reached.clear();
    this.#known.clear();
    this.#bottom.children.clear();
    this.table.fill(unknown, this.width);
    this.generation++;
  }

  /** The rules that are being read, each from the outermost to the innermost; equal ones once. */
  rulesOf({ places }: Configuration): readonly (readonly string[])[] {
    return rulesOf(places, this.#pushdown);
  }
}
