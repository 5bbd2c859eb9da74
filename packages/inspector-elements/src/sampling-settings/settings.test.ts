import type { NextTokenError } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import {
  categorical,
  chain,
  fromGenerationConfig,
  fromLlamaCpp,
  gumbelMax,
  mirostatV2,
  orderOf,
  temperature,
  topK,
  topP,
} from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chainOf,
  initialSettings,
  inOrder,
  newStage,
  orderOfStages,
  processorOf,
  readSampling,
  samplerControls,
  samplerOf,
  settingsOf,
  stageControls,
  stageLabel,
  strategies,
  strategyOf,
  usualStages,
} from './index';
import { isNeutral } from './is-neutral';
import { orders } from './orders';

/** All types that `fromData` knows, as its refusal lists them. */
function knownTypes(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    return (error as NextTokenError).details.known as string[];
  }
  throw new Error('nothing was refused');
}

const context = { ids: [1, 2, 3, 1], promptLength: 2 };

describe('controls', () => {
  test('every processor and every sampler of the package has one, and nothing else has', () => {
    const processors = knownTypes(() => processorOf({ type: 'none', parameters: {} }));
    expect(stageControls.map(({ type }) => type).sort()).toEqual(
      processors.filter((type) => type !== 'chain').sort(),
    );
    const samplers = knownTypes(() => samplerOf({ sampler: { type: 'none', parameters: {} } }));
    expect(samplerControls.map(({ type }) => type).sort()).toEqual([...samplers].sort());
  });

  test.each(stageControls.filter(({ requires }) => requires !== 'function'))(
    '$type: every place of every slider is a legal value, the neutral one changes nothing',
    ({ type, controls }) => {
      const filled = {
        ids: [1],
        endTokenIds: [1],
        words: [[1]],
        biases: type === 'logitBias' ? [[1, 2]] : [[[1], 2]],
      };
      const lists = Object.fromEntries(
        controls.flatMap(({ name }) => (name in filled ? [[name, filled[name as keyof typeof filled]]] : [])),
      );
      expect(processorOf(newStage(type, lists)).type).toBe(type);
      for (const control of controls) {
        if (control.kind !== 'number') continue;
        expect(control.values).toContain(control.initial);
        expect(new Set(control.values).size).toBe(control.values.length);
        for (const value of control.values) {
          const stage = newStage(type, {
            ...lists,
            [control.name]: control.optional && value === 0 ? undefined : value,
          });
          const { [control.name]: set, ...others } = stage.parameters;
          const parameters = set === undefined ? others : stage.parameters;
          if (value === control.neutral) expect(isNeutral(stage)).toBe(true);
          else expect(() => processorOf({ type, parameters })).not.toThrow();
        }
      }
    },
  );

  test.each(samplerControls)('$type: every place of every slider is a legal value', ({ type, controls }) => {
    const initial = Object.fromEntries(
      controls.map((control) => [control.name, control.kind === 'number' ? control.initial : undefined]),
    );
    for (const control of controls)
      for (const value of control.kind === 'number' ? control.values : [])
        expect(samplerOf({ sampler: { type, parameters: { ...initial, [control.name]: value } } }).type).toBe(
          type,
        );
    expect(samplerOf({ sampler: { type, parameters: initial } }).type).toBe(type);
  });

  test('names as people write them', () => {
    expect(['topP', 'topK (2)', 'myOwn'].map(stageLabel)).toEqual(['top-p', 'top-k (2)', 'myOwn']);
  });
});

describe('orders', () => {
  test('Hugging Face’s is the one of fromGenerationConfig with everything in it', () => {
    const { processors } = fromGenerationConfig(
      {
        do_sample: true,
        num_beams: 2,
        guidance_scale: 2,
        sequence_bias: [[[1], 2]],
        encoder_repetition_penalty: 1.1,
        repetition_penalty: 1.2,
        no_repeat_ngram_size: 2,
        encoder_no_repeat_ngram_size: 2,
        bad_words_ids: [[4]],
        eos_token_id: 1,
        min_length: 3,
        min_new_tokens: 3,
        forced_bos_token_id: 2,
        forced_eos_token_id: 3,
        max_new_tokens: 9,
        remove_invalid_values: true,
        exponential_decay_length_penalty: [3, 1.1],
        suppress_tokens: [5],
        begin_suppress_tokens: [6],
        temperature: 0.5,
        top_h: 0.5,
        top_k: 9,
        top_p: 0.9,
        min_p: 0.1,
        typical_p: 0.9,
        epsilon_cutoff: 0.01,
        eta_cutoff: 0.01,
        renormalize_logits: true,
      },
      { allowedTokens: () => [1] },
    );
    const types = orderOf(processors).map(({ type }) => type);
    expect(types.length).toBeGreaterThan(22);
    expect(orders['hugging-face'].filter((type) => types.includes(type))).toEqual(types);
  });

  test('llama.cpp’s is the one of fromLlamaCpp', () => {
    const all = {
      repeat_penalty: 1.1,
      frequency_penalty: 0.1,
      presence_penalty: 0.1,
      dry_multiplier: 0.8,
      dry_sequence_breakers: [],
      top_n_sigma: 1,
      top_k: 9,
      typical_p: 0.9,
      top_p: 0.9,
      min_p: 0.1,
      xtc_probability: 0.5,
      temperature: 0.5,
    };
    const types = orderOf(fromLlamaCpp(all).processors).map(({ type }) => type);
    expect(types).toHaveLength(11);
    expect(orders['llama.cpp'].filter((type) => types.includes(type as never))).toEqual(types);
  });

  test('orders move stages and nothing else; they are recognised', () => {
    const stage = fc.constantFrom(...stageControls.map(({ type }) => newStage(type)));
    fc.assert(
      fc.property(
        fc.array(stage, { maxLength: 12 }),
        fc.constantFrom('hugging-face', 'llama.cpp'),
        (stages, name) => {
          const ordered = inOrder(stages, name);
          expect(new Set(ordered)).toEqual(new Set(stages));
          expect(ordered).toHaveLength(stages.length);
          expect(inOrder(ordered, name)).toEqual(ordered);
          expect(orderOfStages({ stages: ordered })).toBeDefined();
        },
      ),
    );
    expect(orderOfStages({ stages: usualStages })).toBe('hugging-face');
    expect(orderOfStages({ stages: inOrder(usualStages, 'llama.cpp') })).toBe('llama.cpp');
    expect(orderOfStages({ stages: [...usualStages].reverse() })).toBeUndefined();
  });
});

describe('settings', () => {
  test('those of a chain make that chain again', () => {
    const processors = chain(temperature(0.7), chain(topK(40), topP(0.9)));
    const settings = settingsOf(processors, mirostatV2(4), 7);
    expect(orderOf(chainOf(settings))).toEqual(orderOf(processors));
    expect(samplerOf(settings).parameters).toEqual(mirostatV2(4).parameters);
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
  });

  test('what is off, or at its neutral value, is no part of the chain', () => {
    expect(orderOf(chainOf(initialSettings))).toEqual([]);
    const stages = [
      newStage('topK', { k: 3 }),
      { ...newStage('topP'), enabled: false },
      newStage('suppressTokens'),
    ];
    expect(orderOf(chainOf({ stages })).map(({ type }) => type)).toEqual(['topK']);
  });

  test('every strategy is recognised as itself; settings of one’s own as none', () => {
    for (const strategy of strategies) {
      const applied = strategy.apply({ ...initialSettings, stages: [...usualStages, newStage('dry')] });
      expect(strategyOf(applied)?.name).toBe(strategy.name);
      expect(applied.seed).toBe(initialSettings.seed);
    }
    expect(strategyOf({ ...initialSettings, stages: [newStage('minP')] })).toBeUndefined();
  });
});

describe('readSampling', () => {
  const rows = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 5, maxLength: 40 });
  const stages = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...['temperature', 'topK', 'minP', 'typicalP', 'repetitionPenalty', 'xtc'].map((type) =>
          newStage(type),
        ),
      ),
      fc.double({ min: 0.05, max: 0.99, noNaN: true }).map((p) => newStage('topP', { p })),
    ),
    { maxLength: 5 },
  );

  test('is the chain, the sampler and the luck of seed and step, whatever the settings', () => {
    fc.assert(
      fc.property(
        rows,
        stages,
        fc.nat(),
        fc.constantFrom('categorical', 'greedy', 'gumbelMax'),
        (values, list, seed, type) => {
          const logits = Float32Array.from(values);
          const before = logits.slice();
          const settings = { stages: list, sampler: { type, parameters: {} }, seed };
          const reading = readSampling({ logits, context }, settings);
          expect(logits).toEqual(before);
          const tosses = list.filter((stage) => stage.type === 'xtc').length;
          const random = createRandom(seed);
          for (let index = 0; index < 2 * (tosses + 1); index++) random.next();
          const scores = logits.slice();
          const processors = chainOf(settings);
          const whole = { ...context, row: 0, batchItem: 0, random };
          processors.process(scores, whole, processors.initialState());
          expect(reading.scores).toEqual(scores);
          const { id, draw } = samplerOf(settings).sample(scores, { random, row: 0 }, undefined);
          expect(reading.chosen).toMatchObject({ id, ...(draw !== undefined && { draw }) });
          scores.forEach((score, index) => {
            expect(reading.removedBy[index]! > 0).toBe(score === -Infinity);
          });
          const own = reading.chosen.parts.find((part) => part.id === id)!;
          expect(own.share).toBeCloseTo(reading.chosen.share, 5);
          if (type === 'categorical') {
            expect(own.low).toBeLessThanOrEqual(draw! + 1e-6);
            expect(own.high).toBeGreaterThanOrEqual(draw! - 1e-6);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('the same luck at the same step while settings move', () => {
    const logits = Float32Array.of(1, 3, 2, -1, 0);
    const draws = [[], [newStage('topK', { k: 2 })], [newStage('temperature', { temperature: 0.2 })]].map(
      (list) => readSampling({ logits, context }, { ...initialSettings, stages: list }).chosen.draw,
    );
    expect(new Set(draws).size).toBe(1);
    const other = readSampling({ logits, context: { ...context, ids: [1, 2, 3] } }, initialSettings);
    expect(other.chosen.draw).not.toBe(draws[0]);
  });

  test('entropies are in bits; a state of the sampler is used; nothing left is an error', () => {
    const logits = Float32Array.of(1, 1, 1, 1);
    const stagesOf = [newStage('topK', { k: 2, ties: 'cut' })];
    const { entropy, stages: traced } = readSampling({ logits }, { ...initialSettings, stages: stagesOf });
    expect(entropy).toBeCloseTo(2, 10);
    expect(traced[0]).toMatchObject({
      removed: 2,
      entropy: expect.closeTo(1, 10),
      entropyBefore: expect.closeTo(2, 10),
    });
    const mirostat = { ...initialSettings, sampler: { type: 'mirostatV2', parameters: { tau: 5 } } };
    const sharp = Float32Array.of(9, 8, 1, 0);
    const low = readSampling({ logits: sharp, samplerState: { mu: 0.01 } }, { ...mirostat, seed: 3 });
    expect(low.chosen.id).toBe(0);
    const nothing = { ...initialSettings, stages: [newStage('suppressTokens', { ids: [0, 1, 2, 3] })] };
    expect(() => readSampling({ logits }, nothing)).toThrow(
      expect.objectContaining({ code: 'no-candidates' }),
    );
    expect(samplerOf({ sampler: { type: 'gumbelMax', parameters: {} } }).type).toBe(gumbelMax().type);
    expect(categorical().type).toBe(initialSettings.sampler.type);
  });
});
