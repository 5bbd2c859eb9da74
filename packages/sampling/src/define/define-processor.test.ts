import { invalidParameter } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { fromData } from '../data/from-data';
import type { SamplingData } from '../data/sampling-data';
import { toData } from '../data/to-data';
import { temperature } from '../processors/temperature';
import { contextOf, runPlain } from '../testing/run-processor';
import { defineProcessor } from './define-processor';

const gone = Number.NEGATIVE_INFINITY;

/** Removes a token unless the row is longer than that. */
const patience = defineProcessor<{ id: number; length?: number }>({
  type: 'patience',
  parameters({ id, length = 3 }) {
    if (!Number.isInteger(id)) throw invalidParameter('patience', 'id', id, 'an integer');
    return { id, length };
  },
  process(scores, { ids }, { id, length }) {
    if (ids.length <= length!) scores[id] = gone;
  },
});

/** Lowers a token by how often it was chosen. */
const tired = defineProcessor<{ step: number }, ReadonlyMap<number, number>>({
  type: 'tired',
  initialState: () => new Map(),
  accept: (state, id) => new Map(state).set(id, (state.get(id) ?? 0) + 1),
  process(scores, _context, { step }, state) {
    for (const [id, count] of state) scores[id] = scores[id]! - step * count;
  },
});

describe('defineProcessor', () => {
  test('makes a factory like the built-in ones', () => {
    const processor = patience({ id: 1 });
    expect(processor).toMatchObject({
      kind: 'processor',
      type: 'patience',
      parameters: { id: 1, length: 3 },
    });
    expect(processor.requires).toBeUndefined();
    expect(processor.initialState).toBeUndefined();
    expect(runPlain(processor, [1, 2], [0, 0])).toEqual([1, gone]);
    expect(runPlain(chain(temperature(2), patience({ id: 0, length: 1 })), [1, 2], [0, 0])).toEqual([0.5, 1]);
    expect(patience.type).toBe('patience');
  });

  test('parameters are checked when it is made, and do not change afterwards', () => {
    expect(() => patience({ id: 0.5 })).toThrow(/patience: id must be an integer/);
    expect(() => patience(null as never)).toThrow(/patience: parameters must be an object/);
    const given = { id: 1 };
    const processor = patience(given);
    given.id = 0;
    expect(processor.parameters).toEqual({ id: 1, length: 3 });
    expect(() => {
      (processor.parameters as { id: number }).id = 0;
    }).toThrow(TypeError);
  });

  test('state is a value that a chain carries', () => {
    const both = chain(tired({ step: 2 }), temperature(1));
    const first = both.initialState();
    const second = both.accept(both.accept(first, 1), 1);
    const scores = Float32Array.of(1, 5);
    both.process(scores, contextOf(), second);
    expect(Array.from(scores)).toEqual([1, 1]);
    expect((first[0] as ReadonlyMap<number, number>).size).toBe(0);
  });

  test('without parameters the factory takes none', () => {
    const zero = defineProcessor({ type: 'zero', process: (scores) => void scores.fill(0) });
    expect(zero().parameters).toEqual({});
    expect(runPlain(zero(), [3])).toEqual([0]);
  });

  test('requirements reach the chain', () => {
    const guided = defineProcessor({ type: 'guided', requires: { guidance: true }, process: () => {} });
    expect(chain(guided()).requires).toEqual({ guidance: true });
  });

  test('the factory is its own registration for data', () => {
    const processors = [patience, tired];
    const made = chain(patience({ id: 1 }), tired({ step: 0.5 }));
    const data = JSON.parse(JSON.stringify(toData(made, { processors })));
    expect(toData(fromData(data, { processors }))).toEqual(toData(made));
    expect(() => fromData(data)).toThrow(expect.objectContaining({ code: 'unknown-type' }));
    data.parameters.processors[0].parameters.id = 0.5;
    expect(() => fromData(data, { processors })).toThrow(/patience: id/);
  });

  test('parameters that are no data have a way of their own', () => {
    const words = new Map([['a', 0]]);
    const ban = defineProcessor<{ words: ReadonlyMap<string, number> }>({
      type: 'ban',
      process(scores, _context, given) {
        for (const id of given.words.values()) scores[id] = gone;
      },
      toData: (given) => ({ words: [...given.words] }),
      fromData: (data) => ({ words: new Map(data.words as [string, number][]) }),
    });
    const data: SamplingData<'processor'> = JSON.parse(
      JSON.stringify(toData(ban({ words }), { processors: [ban] })),
    );
    expect(data.parameters).toEqual({ words: [['a', 0]] });
    expect(runPlain(fromData(data, { processors: [ban] }), [1, 2])).toEqual([gone, 2]);
    expect(() => toData(ban({ words }))).toThrow(/ban.words must be plain data/);
  });

  test.each([
    [{ process: () => {} }, 'type'],
    [{ type: '', process: () => {} }, 'type'],
    [{ type: 'two words', process: () => {} }, 'type'],
    [{ type: 'x' }, 'process'],
    [{ type: 'x', process: 5 }, 'process'],
    [{ type: 'x', process: () => {}, accept: 5, initialState: () => 1 }, 'accept'],
    [{ type: 'x', process: () => {}, accept: () => 1 }, 'initialState'],
    [{ type: 'x', process: () => {}, parameters: {} }, 'parameters'],
  ])('refuses %j: %s', (definition, parameter) => {
    expect(() => defineProcessor(definition as never)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        details: expect.objectContaining({ owner: 'defineProcessor', parameter }),
      }),
    );
  });

  test('refuses names it does not know', () => {
    expect(() => defineProcessor({ type: 'x', proces: () => {} } as never)).toThrow(/did you mean process/);
    const requires = { sibling: true } as never;
    expect(() => defineProcessor({ type: 'x', requires, process: () => {} })).toThrow(
      /did you mean siblings/,
    );
  });
});
