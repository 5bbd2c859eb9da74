import type { CacheMemory, CacheStore, CacheValues } from './cache-store';
import { CommonLengths } from './common-lengths';
import { grownTails, grownTrunks } from './grown-stores';
import { layOutRows } from './lay-out-rows';
import { planMoves } from './plan-moves';
import { type Family, type RowOrigin, rowFamilies } from './row-families';
import {
  groupOf,
  presentFamilies,
  presentOrigins,
  type RowState,
  sharedLength,
  tailLength,
} from './row-state';

/** A trunk takes over what its rows have in common when it is this long: copying it then is rare. */
const trunkStep = 64;

/** New positions of some rows, as the graph returns them. */
export interface NewPositions {
  /** Which row stands at which place of `sides`. */
  readonly rows: readonly { readonly row: number; readonly at: number }[];
  /** New positions of each row. */
  readonly length: number;
  /** How many more will follow at once, at most. */
  readonly more: number;
  readonly slots: number;
  /** `[groups, keyValueHeads, slots, length, headSize]` each, keys and values by turns. */
  readonly sides: CacheValues;
}

/**
 * Keys and values of rows that may have a beginning in common. Rows that descend from one another form a group:
 * what they all share lies once, in the group's trunk; what each has alone, in its tail. A group of one row
 * lives in its trunk only, unless a fork reads the same trunk, or the memory cannot be written to where it lies: then
 * its tail takes the last positions, and the trunk takes the tail over from time to time.
 *
 * Selecting among the rows of a group copies, for each row that is continued twice, the part of a tail in which
 * it differs from the row that is given up; everything else is a change of places.
 */
export class SharedRows {
  #state: RowState;

  constructor(
    readonly memory: CacheMemory,
    rows: number,
    state?: RowState,
  ) {
    const places = { groups: rows, slots: 1 };
    this.#state = state ?? {
      lengths: new Array<number>(rows).fill(0),
      places: Array.from({ length: rows }, (_, row) => row),
      trunkLengths: new Array<number>(rows).fill(0),
      trunks: memory.trunks(rows),
      tails: memory.tails(places),
      common: new CommonLengths(places),
    };
  }

  get lengths(): readonly number[] {
    return this.#state.lengths;
  }
  get places(): readonly number[] {
    return this.#state.places;
  }
  get trunkLengths(): readonly number[] {
    return this.#state.trunkLengths;
  }
  get trunks(): CacheStore {
    return this.#state.trunks;
  }
  get tails(): CacheStore {
    return this.#state.tails;
  }

  select(parents: readonly number[]): void {
    const state = this.#state;
    const origins = parents.map((parent) =>
      parent < 0
        ? { place: -1, length: 0 }
        : { place: state.places[parent]!, length: state.lengths[parent]! },
    );
    const { groups, slots } = state.tails.places;
    const plan = rowFamilies(origins, slots, state.trunkLengths);
    const same =
      plan.slots === slots &&
      plan.families.length === groups &&
      plan.families.every(({ source }, group) => source === group);
    if (same) {
      this.#reorder(origins, plan.families);
      this.#lengthenTrunks();
    } else this.#become(layOutRows(state, origins, plan));
  }

  truncate(lengths: readonly number[]): void {
    const state = this.#state;
    const { slots } = state.tails.places;
    let below = false;
    lengths.forEach((length, row) => {
      if (length === state.lengths[row]) return;
      const group = groupOf(state, row);
      state.lengths[row] = length;
      state.common.cut(state.places[row]!, length);
      if (length >= state.trunkLengths[group]!) return;
      if (slots === 1) state.trunkLengths[group] = length;
      else below = true;
    });
    if (below) this.#layOut();
  }

  append({ rows, length, more, slots, sides }: NewPositions): void {
    const inTrunk = rows.map(({ row }) => this.#growsTrunk(row));
    this.#reserve(rows, inTrunk, { length, more });
    const state = this.#state;
    rows.forEach(({ row, at }, index) => {
      const group = groupOf(state, row);
      const [store, target] = inTrunk[index]
        ? [state.trunks, { place: group, position: state.trunkLengths[group]! }]
        : [state.tails, { place: state.places[row]!, position: tailLength(state, row) }];
      store.write(target, sides, { place: at, slots, length });
    });
    rows.forEach(({ row }, index) => {
      state.lengths[row]! += length;
      if (inTrunk[index]) state.trunkLengths[groupOf(state, row)]! += length;
    });
  }

  /** Gathers the tails of some places, so that they lie as a run wants them. */
  gatherTails(
    rows: readonly { readonly place: number; readonly at: number }[],
    places: { readonly groups: number; readonly slots: number },
  ): CacheStore {
    const { tails } = this.#state;
    const lengths = rows.map(({ place }) => tailLength(this.#state, this.#state.places.indexOf(place)));
    const gathered = tails.sibling(places, Math.max(0, ...lengths));
    rows.forEach(({ place, at }, index) => {
      gathered.copy({ place: at, position: 0 }, tails, { place, position: 0 }, lengths[index]!);
    });
    return gathered;
  }

  /** The trunks of some neighbouring groups, where a run cannot read them as they lie. */
  gatherTrunks(first: number, groups: number): CacheStore {
    const { trunks, trunkLengths } = this.#state;
    const lengths = trunkLengths.slice(first, first + groups);
    const gathered = trunks.sibling({ groups, slots: 1 }, Math.max(0, ...lengths));
    lengths.forEach((length, place) => {
      gathered.copy({ place, position: 0 }, trunks, { place: first + place, position: 0 }, length);
    });
    return gathered;
  }

  /** Rows that live apart again take their tails into their trunks, once no fork reads these any more. */
  settle(): void {
    const { tails } = this.#state;
    if (tails.capacity > 0 && tails.places.slots === 1) this.#lengthenTrunks();
  }

  fork(): SharedRows {
    const { lengths, places, trunkLengths, trunks, tails, common } = this.#state;
    trunks.owners++;
    tails.owners++;
    return new SharedRows(this.memory, 0, {
      lengths: [...lengths],
      places: [...places],
      trunkLengths: [...trunkLengths],
      trunks,
      tails,
      common: common.clone(),
    });
  }

  dispose(): void {
    const { trunks, tails } = this.#state;
    trunks.release();
    tails.release();
    this.#state = { ...this.#state, lengths: [], places: [], trunkLengths: [] };
  }

  #reorder(origins: readonly RowOrigin[], families: readonly Family[]): void {
    const state = this.#state;
    const { places, moves } = planMoves(state, origins, families);
    if (moves.length > 0 && state.tails.owners > 1) this.#replaceTails(state.tails.clone());
    const { tails, common } = state;
    for (const { from, to, length } of moves) {
      const trunkLength = state.trunkLengths[Math.floor(to / tails.places.slots)]!;
      const start = Math.max(trunkLength, common.get(from, to));
      const position = start - trunkLength;
      tails.copy({ place: to, position }, tails, { place: from, position }, length - start);
      common.copied(to, from, length);
    }
    state.places = places;
    state.lengths = origins.map(({ length }) => length);
  }

  #lengthenTrunks(): void {
    const state = this.#state;
    if (state.trunks.owners > 1) return;
    const origins = presentOrigins(state);
    const due = presentFamilies(state).some(
      ({ members }, group) => sharedLength(state, origins, members) >= state.trunkLengths[group]! + trunkStep,
    );
    if (due) this.#layOut();
  }

  /** Lays the present groups out anew. */
  #layOut(): void {
    const state = this.#state;
    const families = presentFamilies(state);
    this.#become(layOutRows(state, presentOrigins(state), { families, slots: state.tails.places.slots }));
  }

  #growsTrunk(row: number): boolean {
    const { tails, trunks } = this.#state;
    const alone = tails.places.slots === 1 && trunks.owners === 1;
    return alone && trunks.inPlace && tailLength(this.#state, row) === 0;
  }

  #reserve(
    rows: NewPositions['rows'],
    inTrunk: readonly boolean[],
    { length, more }: Pick<NewPositions, 'length' | 'more'>,
  ): void {
    const state = this.#state;
    const needed = (wanted: boolean, present: (row: number) => number) =>
      Math.max(0, ...rows.map(({ row }, i) => (inTrunk[i] === wanted ? present(row) + length : 0)));
    const trunk = needed(true, (row) => state.lengths[row]!);
    // Behind a prompt, tokens follow one by one: the first of them should not move the whole prompt again.
    const next = more === 0 && length > 1 ? 1 : 0;
    if (trunk > state.trunks.capacity)
      this.#become({ ...state, trunks: grownTrunks(state, trunk + next, trunk + more) });
    const tail = needed(false, (row) => tailLength(state, row));
    if (tail > state.tails.capacity) this.#replaceTails(grownTails(state, tail));
    else if (tail > 0 && state.tails.owners > 1) this.#replaceTails(state.tails.clone());
  }

  #replaceTails(tails: CacheStore): void {
    if (tails === this.#state.tails) return;
    this.#state.tails.release();
    this.#state.tails = tails;
  }

  #become(next: RowState): void {
    const { trunks, tails } = this.#state;
    if (next.trunks !== trunks) trunks.release();
    if (next.tails !== tails) tails.release();
    this.#state = next;
  }
}
