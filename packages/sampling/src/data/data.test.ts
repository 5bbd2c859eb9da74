import type { LogitsProcessor } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { orderOf } from '../chain/order-of';
import { allowTokens } from '../processors/allow-tokens';
import { logitBias } from '../processors/logit-bias';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topNSigma } from '../processors/top-n-sigma';
import { topP } from '../processors/top-p';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { arbitraryRow } from '../testing/arbitrary-row';
import { everyProcessor } from '../testing/every-processor';
import { builtInSamplers } from './built-in-samplers';
import { fromData } from './from-data';
import type { SamplingData } from './sampling-data';
import { toData } from './to-data';

const gone = Number.NEGATIVE_INFINITY;
const throughJson = <Data>(data: Data): Data => JSON.parse(JSON.stringify(data));
const examples = everyProcessor
  .map(({ processor }) => processor)
  .filter(({ type }) => type !== 'allowTokens');

const context = {
  ids: [0, 1, 0],
  promptLength: 1,
  row: 0,
  batchItem: 0,
  guidance: new Float32Array(6).fill(1),
};

describe('toData and fromData', () => {
  test.each(examples.map((processor) => [processor.type, processor] as const))(
    '%s: through JSON and back, the same to the bit',
    (_type, processor) => {
      const back = fromData(throughJson(toData(processor)));
      expect(toData(back)).toEqual(toData(processor));
      expect(back.requires).toEqual(processor.requires);
      const row = fc.array(fc.float({ noNaN: true, min: -9, max: 9 }), { minLength: 6, maxLength: 6 });
      fc.assert(
        fc.property(row, (values) => {
          const outputs = [processor, back].map((stage) => {
            const scores = Float32Array.from(values);
            const siblings = { index: 0, ids: [context.ids], scores: [scores], chosenThisStep: [2, 2] };
            const random = createRandom(5);
            stage.process(scores, { ...context, siblings, random }, stage.initialState?.());
            return scores;
          });
          expect(outputs[1]).toEqual(outputs[0]);
        }),
        { numRuns: 20 },
      );
    },
  );

  test.each(builtInSamplers().map(({ type }) => type))('the sampler %s', (type) => {
    const parameters =
      { adaptiveP: { target: 0.4 }, mirostat: { tau: 5 }, mirostatV2: { tau: 5 } }[type] ?? {};
    const sampler = fromData({
      specification: 'nexttoken-sampling-1',
      kind: 'sampler',
      type,
      parameters,
    } satisfies SamplingData<'sampler'>);
    expect(sampler).toMatchObject({ kind: 'sampler', type });
    expect(toData(fromData(throughJson(toData(sampler))))).toEqual(toData(sampler));
  });

  test('is plain, versioned data', () => {
    expect(toData(chain(temperature(0.7), chain(topK(40))))).toEqual({
      specification: 'nexttoken-sampling-1',
      kind: 'processor',
      type: 'chain',
      parameters: {
        processors: [
          { kind: 'processor', type: 'temperature', parameters: { temperature: 0.7 } },
          {
            kind: 'processor',
            type: 'chain',
            parameters: {
              processors: [{ kind: 'processor', type: 'topK', parameters: { k: 40, minTokensToKeep: 1 } }],
            },
          },
        ],
      },
    });
  });

  test('numbers that JSON lacks survive it', () => {
    const bias = logitBias([
      [3, gone],
      [4, -0],
    ]);
    const text = JSON.stringify(toData(bias));
    expect(text).toContain('[3,{"$number":"-Infinity"}],[4,{"$number":"-0"}]');
    expect(fromData(JSON.parse(text)).parameters).toEqual(bias.parameters);
    expect(fromData(throughJson(toData(topNSigma(Infinity)))).parameters).toEqual({ n: Infinity });
  });

  test('a whole chain of everything comes back and runs the same', () => {
    const everything = chain(...examples);
    const back = fromData(throughJson(toData(everything)));
    expect(orderOf(back)).toEqual(orderOf(everything));
    fc.assert(
      fc.property(
        arbitraryRow.filter(({ length }) => length >= 6),
        (row) => {
          const outputs = ([everything, back] as LogitsProcessor[]).map((processor) => {
            const scores = row.slice();
            const siblings = { index: 0, ids: [context.ids], scores: [scores], chosenThisStep: [1] };
            const own = { ...context, siblings, guidance: row.slice(), random: createRandom(2) };
            processor.process(scores, own, processor.initialState?.());
            return scores;
          });
          expect(outputs[1]).toEqual(outputs[0]);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a function is refused by name, unless its type is registered', () => {
    const vowels = () => [0, 2];
    const processor = chain(temperature(1), allowTokens(vowels));
    expect(() => toData(processor)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        details: expect.objectContaining({ parameter: 'allowTokens.allowed' }),
      }),
    );
    const registration = {
      type: 'allowTokens',
      toData: () => ({ name: 'vowels' }),
      fromData: ({ name }: Readonly<Record<string, unknown>>) => {
        expect(name).toBe('vowels');
        return allowTokens(vowels);
      },
    };
    const data = throughJson(toData(processor, { processors: [registration] }));
    const scores = Float32Array.of(1, 2, 3);
    const back = fromData(data, { processors: [registration] });
    back.process(scores, context, back.initialState?.());
    expect(Array.from(scores)).toEqual([1, gone, 3]);
  });

  test.each([undefined, null, 5, {}, { kind: 'processor' }, { kind: 'other', type: 'x', parameters: {} }])(
    'toData refuses %j',
    (value) => {
      expect(() => toData(value as never)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    },
  );

  test.each([
    [10n, 'a bigint'],
    [new Map(), 'a map'],
    [Symbol('s'), 'a symbol'],
    [{ $number: 'NaN' }, 'a reserved name'],
    [{ deep: [{ f: () => 1 }] }, 'a function within'],
  ] as [unknown, string][])('toData refuses %s as a parameter: %s', (value) => {
    const processor = { ...temperature(1), type: 'mine', parameters: { value } };
    expect(() => toData(processor)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  test('typed arrays become lists, what is undefined is left out', () => {
    const processor = {
      ...temperature(1),
      type: 'mine',
      parameters: { ids: Int32Array.of(1, 2), none: undefined },
    };
    expect(toData(processor).parameters).toEqual({ ids: [1, 2] });
  });
});

describe('fromData refuses', () => {
  const of = (type: string, parameters: unknown = {}, kind = 'processor') => ({
    specification: 'nexttoken-sampling-1',
    kind,
    type,
    parameters,
  });

  test('an unknown type, with the nearest known one', () => {
    for (const data of [of('topk', { k: 3 }), of('chain', { processors: [of('topk', { k: 3 })] })]) {
      const { specification: _, ...inner } = of('topk', { k: 3 });
      const nested = data.type === 'chain' ? of('chain', { processors: [inner] }) : data;
      expect(() => fromData(nested)).toThrow(
        expect.objectContaining({
          code: 'unknown-type',
          details: expect.objectContaining({ kind: 'processor', type: 'topk', nearest: 'topK' }),
        }),
      );
    }
    expect(() => fromData(of('greddy', {}, 'sampler'))).toThrow(/did you mean greedy/);
    expect(() => fromData(of('constructor'))).toThrow(expect.objectContaining({ code: 'unknown-type' }));
    expect(() => fromData(of('greedy'))).toThrow(expect.objectContaining({ code: 'unknown-type' }));
  });

  test.each([
    [undefined],
    ['text'],
    [{}],
    [{ ...of('topK', { k: 3 }), specification: 'nexttoken-sampling-2' }],
    [of('topK', { k: 3 }, 'model')],
    [of('topK', null)],
    [of('topK', [3])],
    [of('topK', {})],
    [of('topK', { k: { $number: 'many' } })],
    [of('topK', { k: { $number: 'NaN' } })],
    [of('topK', { k: '3' })],
    [of('chain', { processors: 3 })],
    [of('chain', { processors: [{ kind: 'sampler', type: 'greedy', parameters: {} }] })],
    [of('chain', { processors: [{ kind: 'other', type: 'topK', parameters: { k: 3 } }] })],
    [of('allowTokens', { allowed: 'vowels' })],
  ])('%j', (data) => {
    expect(() => fromData(data)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  test.each([
    [of('temperature', { temperature: 1, t: 2 })],
    [of('topP', { p: 0.5, keep: 2 })],
    [{ ...of('topP', { p: 0.5 }), note: 'x' }],
    [of('greedy', { best: true }, 'sampler')],
  ])('what nobody would read: %j', (data) => {
    expect(() => fromData(data)).toThrow(expect.objectContaining({ code: 'unsupported-option' }));
  });
});

describe('orderOf', () => {
  test('the stages from left to right, chains taken apart', () => {
    const order = orderOf(chain(temperature(0.5), chain(topP(0.9), chain()), topK(3)));
    expect(order.map(({ type }) => type)).toEqual(['temperature', 'topP', 'topK']);
    expect(order[2]).toEqual({ type: 'topK', parameters: { k: 3, minTokensToKeep: 1 } });
    expect(orderOf(topK(3))).toEqual([{ type: 'topK', parameters: { k: 3, minTokensToKeep: 1 } }]);
    expect(orderOf(chain())).toEqual([]);
  });
});

test('samplers keep their kind in the types', () => {
  const data: SamplingData<'sampler'> = toData(greedy());
  expect(
    fromData(data).sample(Float32Array.of(1, 2), { random: createRandom(0), row: 0 }, undefined),
  ).toEqual({
    id: 1,
  });
  expect(toData(categorical()).parameters).toEqual({});
});
