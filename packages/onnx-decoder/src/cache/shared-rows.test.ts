import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OnnxRuntime } from '../runtime';
import type { CacheMemory, CachePlaces, CacheStore } from './cache-store';
import { HostStore, hostMemory } from './host-store';
import { runSegments } from './run-segments';
import { SharedRows } from './shared-rows';

const shape = { layerCount: 1, keyValueHeadCount: 2, headSize: 1 };
const runtime = {} as OnnxRuntime;
const host = hostMemory(runtime, shape);

/** A store on the host that is used as those of a device are. */
class Unwritable extends HostStore {
  override readonly inPlace = false;
  override sibling(places: CachePlaces, needed: number): HostStore {
    return new Unwritable(runtime, shape, places, needed);
  }
}
const unwritable: CacheMemory = {
  shape,
  trunks: (groups) => new Unwritable(runtime, shape, { groups, slots: 1 }, 0),
  tails: (places) => new Unwritable(runtime, shape, places, 0),
};

/** Every written position gets a number of its own: a row is the list of its numbers. */
class Shadow {
  static next = 1;

  constructor(
    readonly rows: SharedRows,
    public texts: readonly (readonly number[])[],
  ) {}

  static of(rows: number, memory: CacheMemory = host): Shadow {
    return new Shadow(
      new SharedRows(memory, rows),
      Array.from({ length: rows }, () => []),
    );
  }

  /** Appends to some rows what a run would: segment by segment, in the places that the segment says. */
  append(chosen: readonly number[], length: number): void {
    if (chosen.length === 0) return;
    this.rows.settle();
    const places = chosen.map((row) => this.rows.places[row]!);
    const texts = this.texts.map((text) => [...text]);
    for (const segment of runSegments(places, this.rows.tails.places, length)) {
      this.checkTails(segment);
      const { groups, slots } = segment;
      const sides = [0, 1].map(() => new Float32Array(groups * 2 * slots * length).fill(Number.NaN));
      for (const { index, at } of segment.rows)
        for (let i = 0; i < length; i++) {
          const value = Shadow.next++;
          texts[chosen[index]!]!.push(value);
          for (const [side, values] of sides.entries())
            for (let head = 0; head < 2; head++) {
              const row = (Math.floor(at / slots) * 2 + head) * slots + (at % slots);
              values[row * length + i] = value + head / 4 + side / 2;
            }
        }
      const rows = segment.rows.map(({ index, at }) => ({ row: chosen[index]!, at }));
      this.rows.append({ rows, length, more: (length * 7) % 90, slots, sides });
    }
    this.texts = texts;
    this.check();
  }

  select(parents: readonly number[]): void {
    this.rows.select(parents);
    this.texts = parents.map((parent) => (parent < 0 ? [] : this.texts[parent]!));
    this.check();
  }

  truncate(lengths: readonly number[]): void {
    this.rows.truncate(lengths);
    this.texts = this.texts.map((text, row) => text.slice(0, lengths[row]));
    this.check();
  }

  fork(): Shadow {
    return new Shadow(this.rows.fork(), this.texts);
  }

  /** Tails that a segment gathers are those of its rows. */
  checkTails(segment: ReturnType<typeof runSegments>[number]): void {
    if (segment.direct) return;
    const gathered = this.rows.gatherTails(segment.rows, segment);
    for (const { place, at } of segment.rows) {
      const length = this.texts[this.rows.places.indexOf(place)]!.length;
      const trunk = this.rows.trunkLengths[Math.floor(place / this.rows.tails.places.slots)]!;
      for (let i = 0; i < length - trunk; i++)
        expect(read(gathered, 0, at, 1, i)).toBe(read(this.rows.tails, 0, place, 1, i));
    }
  }

  check(): void {
    const { rows } = this;
    expect(rows.lengths).toEqual(this.texts.map((text) => text.length));
    expect(new Set(rows.places).size).toBe(rows.places.length);
    for (const [row, text] of this.texts.entries())
      for (let side = 0; side < 2; side++)
        for (let head = 0; head < 2; head++) {
          const place = rows.places[row]!;
          const group = Math.floor(place / rows.tails.places.slots);
          const trunk = rows.trunkLengths[group]!;
          const found = text.map((_, i) =>
            i < trunk
              ? read(rows.trunks, side, group, head, i)
              : read(rows.tails, side, place, head, i - trunk),
          );
          expect(found).toEqual(text.map((value) => value + head / 4 + side / 2));
        }
  }
}

function read(store: CacheStore, side: number, place: number, head: number, position: number): number {
  const { slots } = store.places;
  const row = (Math.floor(place / slots) * 2 + head) * slots + (place % slots);
  return (store as HostStore).sides[side]![row * store.capacity + position]!;
}

const bytes = ({ trunks, tails }: SharedRows) =>
  [...trunks.buffers, ...tails.buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);

describe('SharedRows', () => {
  test.each([
    ['on the host', host],
    ['on a device', unwritable],
  ])('any sequence of calls leaves every row, of every fork, with its own positions, %s', (_, memory) => {
    const kinds = {
      append: 5,
      beam: 5,
      cutALittle: 2,
      cutDeep: 1,
      select: 1,
      fork: 1,
      dispose: 1,
    } as const;
    const step = fc.record({
      kind: fc.oneof(
        ...Object.entries(kinds).map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight })),
      ),
      session: fc.nat(),
      numbers: fc.array(fc.nat({ max: 999 }), { minLength: 6, maxLength: 6 }),
      length: fc.constantFrom(1, 1, 1, 3, 20, 70),
    });
    const prompts = fc.array(fc.constantFrom(1, 10, 70), { minLength: 1, maxLength: 2 });
    const copies = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(prompts, copies, fc.array(step, { maxLength: 60 }), (prompts, copies, steps) => {
        Shadow.next = 1;
        const sessions = [Shadow.of(prompts.length, memory)];
        for (const [row, length] of prompts.entries()) sessions[0]!.append([row], length);
        sessions[0]!.select(prompts.flatMap((_, row) => Array<number>(copies).fill(row)));
        for (const { kind, session, numbers, length } of steps) {
          const shadow = sessions[session % sessions.length]!;
          const rows = shadow.texts.length;
          const number = (row: number) => numbers[row % 6]! + row;
          const cut = (most: number) =>
            shadow.truncate(shadow.texts.map((text, row) => Math.max(0, text.length - (number(row) % most))));
          if (kind === 'append') {
            const chosen = shadow.texts.flatMap((_, row) => (number(row) % 4 > 0 ? [row] : []));
            shadow.append(chosen, length);
          } else if (kind === 'select')
            shadow.select(numbers.slice(0, 1 + (numbers[5]! % 5)).map((n) => (n % (rows + 1)) - 1));
          else if (kind === 'beam') shadow.select(shadow.texts.map((_, row) => number(row) % rows));
          else if (kind === 'cutALittle') cut(4);
          else if (kind === 'cutDeep') cut(90);
          else if (kind === 'fork' && sessions.length < 3) sessions.push(shadow.fork());
          else if (kind === 'dispose' && sessions.length > 1) {
            sessions.splice(sessions.indexOf(shadow), 1);
            shadow.rows.dispose();
          }
          for (const each of sessions) each.check();
        }
      }),
      { numRuns: 100 },
    );
  });

  test('four beams hold one prompt and four tails, however they are chosen', () => {
    const shadow = Shadow.of(1);
    shadow.append([0], 1024);
    const prompt = bytes(shadow.rows);
    shadow.select([0, 0, 0, 0]);
    const trunk = shadow.rows.trunks;
    for (let i = 0; i < 40; i++) {
      shadow.select([i % 4, 0, (i + 1) % 4, 2]);
      shadow.append([0, 1, 2, 3], 1);
    }
    expect(shadow.rows.trunks).toBe(trunk);
    const perPosition = prompt / 1024;
    expect(bytes(shadow.rows)).toBeLessThanOrEqual(prompt + 4 * 64 * perPosition);
  });

  test('what beams have in common moves to the trunk in time', () => {
    const shadow = Shadow.of(1);
    shadow.append([0], 100);
    shadow.select([0, 0, 0]);
    for (let i = 0; i < 200; i++) {
      shadow.append([0, 1, 2], 1);
      shadow.select(i % 5 === 4 ? [1, 1, 1] : [2, 0, 1]);
    }
    expect(shadow.rows.trunkLengths).toEqual([expect.any(Number)]);
    expect(shadow.rows.trunkLengths[0]).toBeGreaterThanOrEqual(300 - 64);
    expect(shadow.rows.tails.capacity).toBeLessThanOrEqual(128);
  });

  test('the token behind a prompt moves nothing, however well the prompt filled its room', () => {
    const rows = new SharedRows(host, 1);
    const append = (length: number, more: number) => {
      const sides = [0, 1].map(() => new Float32Array(2 * length));
      rows.append({ rows: [{ row: 0, at: 0 }], length, more, slots: 1, sides });
    };
    append(128, 128);
    expect(rows.trunks.capacity).toBe(128);
    append(128, 0);
    const { buffers } = rows.trunks;
    append(1, 0);
    expect(rows.trunks.buffers).toBe(buffers);
  });

  test('a permutation copies nothing', () => {
    const shadow = Shadow.of(3);
    shadow.append([0, 1, 2], 5);
    const { trunks, tails } = shadow.rows;
    shadow.select([2, 0, 1]);
    expect(shadow.rows.trunks).toBe(trunks);
    expect(shadow.rows.tails).toBe(tails);
  });

  test('rows of two prompts share two trunks', () => {
    const shadow = Shadow.of(2);
    shadow.append([0, 1], 300);
    const { trunks } = shadow.rows;
    shadow.select([0, 0, 0, 1, 1, 1]);
    expect(shadow.rows.trunks).toBe(trunks);
    expect(shadow.rows.tails.places).toEqual({ groups: 2, slots: 3 });
    shadow.append([0, 1, 2, 3, 4, 5], 2);
    shadow.select([1, 1, 0, 5, 4, 4]);
    shadow.append([0, 1, 2, 3, 4, 5], 2);
    shadow.select([0, 3, 1, 4, 2, 5]);
    shadow.append([0, 2, 4], 1);
  });

  test('a fork shares what both have until one writes, and then the past still', () => {
    const shadow = Shadow.of(1);
    shadow.append([0], 500);
    const { trunks } = shadow.rows;
    const fork = shadow.fork();
    fork.append([0], 3);
    shadow.append([0], 2);
    expect(fork.rows.trunks).toBe(trunks);
    expect(shadow.rows.trunks).toBe(trunks);
    fork.check();
    fork.rows.dispose();
    shadow.append([0], 70);
    shadow.append([0], 1);
    expect(shadow.rows.trunkLengths).toEqual([573]);
  });

  test('a fork’s choices leave what its origin knows of its rows', () => {
    const shadow = Shadow.of(1);
    shadow.append([0], 20);
    shadow.select([0, 0]);
    shadow.append([0, 1], 3);
    const fork = shadow.fork();
    fork.select([0, 0]);
    shadow.select([0, 0]);
    fork.check();
  });

  test('forks that lay their rows out anew leave the trunk that they share', () => {
    const shadow = Shadow.of(1);
    shadow.append([0], 300);
    shadow.select([0, 0]);
    const fork = shadow.fork();
    for (const each of [shadow, fork]) {
      each.append([0, 1], 70);
      each.select([1, 1, 1]);
    }
    expect(shadow.rows.trunks).toBe(fork.rows.trunks);
    shadow.check();
  });

  test('a place without a row has nothing in common when tails have moved', () => {
    const shadow = Shadow.of(2);
    shadow.append([0, 1], 300);
    shadow.select([0, 0, 0, 1, 1, 1]);
    shadow.append([0, 1, 2, 3, 4, 5], 10);
    shadow.select([0, 0, 0, 3, 4, 5]);
    shadow.select([0, 1, 3, 4, 5]);
    expect(shadow.rows.tails.places).toEqual({ groups: 2, slots: 3 });
    shadow.append([0, 1, 2, 3, 4], 60);
    shadow.select([0, 0, 1, 2, 3, 4]);
  });

  test('dropping rows frees their memory', () => {
    const shadow = Shadow.of(4);
    shadow.append([0, 1, 2, 3], 600);
    const before = bytes(shadow.rows);
    shadow.select([1]);
    expect(bytes(shadow.rows)).toBeLessThan(before / 3);
    shadow.select([-1]);
    expect(bytes(shadow.rows)).toBeLessThan(before / 20);
  });
});
