import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createByteTable } from '../bytes/byte-table';
import { createIntBuffer, intsOf, pushInt } from '../text/int-buffer';
import { createPairTable } from './pair-table';
import { createWordTable } from './word-table';

describe('pair table', () => {
  test('is a map of pairs, while it grows', () => {
    const small = fc.nat(40);
    const property = fc.property(
      fc.array(fc.tuple(small, small, fc.nat()), { maxLength: 200 }),
      (entries) => {
        const table = createPairTable(1);
        const map = new Map<string, number>();
        for (const [left, right, value] of entries) {
          table.set(left, right, value);
          map.set(`${left},${right}`, value);
        }
        for (let left = 0; left <= 41; left++) {
          for (let right = 0; right <= 41; right++) {
            expect(table.get(left, right)).toBe(map.get(`${left},${right}`) ?? -1);
          }
        }
      },
    );
    fc.assert(property, { numRuns: 20 });
  });
});

describe('byte table', () => {
  test('finds the byte strings it has, and no others', () => {
    const strings = fc.uniqueArray(fc.uint8Array({ minLength: 1, maxLength: 5 }), {
      selector: (bytes) => bytes.join(),
      maxLength: 60,
    });
    const property = fc.property(strings, fc.uint8Array({ maxLength: 5 }), (list, other) => {
      const starts = Int32Array.from([
        0,
        ...list.map((_, id) => list.slice(0, id + 1).flatMap((b) => [...b]).length),
      ]);
      const table = createByteTable(Uint8Array.from(list.flatMap((bytes) => [...bytes])), starts);
      list.forEach((bytes, id) => {
        expect(table.find(Uint8Array.of(9, ...bytes, 9), 1, 1 + bytes.length)).toBe(id);
      });
      const known = list.findIndex((bytes) => bytes.join() === other.join());
      expect(table.find(other, 0, other.length)).toBe(known);
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe('word table', () => {
  test('gives back what was added, starts anew when full, leaves long words alone', () => {
    const table = createWordTable();
    const idsFor = (index: number) => [index, index % 7, index % 11].slice(0, (index % 3) + 1);
    const ask = (word: string): number[] | undefined => {
      const ids = createIntBuffer(1);
      return table.copy(`-${word}-`, 1, 1 + word.length, ids) ? [...intsOf(ids)] : undefined;
    };
    const add = (word: string, values: readonly number[]) => {
      const ids = createIntBuffer(1);
      pushInt(ids, -5);
      for (const value of values) pushInt(ids, value);
      table.add(`-${word}-`, 1, 1 + word.length, ids, 1);
    };
    const holds = (index: number) => ask(`w${index}`)?.join() === idsFor(index).join();
    let known = 0;
    for (let index = 0; index < 150_000; index++) {
      if (ask(`w${index}`) !== undefined) expect.fail(`w${index} was not added`);
      add(`w${index}`, idsFor(index));
      if (!holds(index)) expect.fail(`w${index} was added`);
      if (index % 1000 === 0 && holds(index - 500)) known += 1;
    }
    expect(known).toBeGreaterThan(100);
    expect(ask('w0')).toBeUndefined();
    const long = 'x'.repeat(65);
    expect(ask(long)).toBeUndefined();
    add(long, [1]);
    expect(ask(long)).toBeUndefined();
  });
});
