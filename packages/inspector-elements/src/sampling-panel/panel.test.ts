import { createPieceTokenizer } from '@nexttoken/generate/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialSettings, newStage, stageControls, usualStages } from '../sampling-settings';
import { number, range } from '../sampling-settings/number-control';
import { withBeam } from './beam-controls';
import { listText, numberText, parseList } from './control-text';
import { added, moved, removed, switched, withParameter } from './edit-settings';
import { parseBiases, parseIds, parseSequences } from './parse-ids';
import { placeOf, valueAt } from './place-of';
import { effectSentence, effectText } from './stage-effect';

const tokenizer = createPieceTokenizer(['a', ' b', 'c,']);

describe('what people type', () => {
  test.each([
    ['1 2, 3', [1, 2, 3]],
    ['', []],
    ['7 " b" "c,"', [7, 1, 2]],
  ])('%s → %j', (text, ids) => expect(parseIds(text, tokenizer)).toEqual(ids));

  test.each(['-1', '1.5', 'word', '"a', '""'])('%s is refused', (text) => {
    expect(() => parseIds(text, tokenizer)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  test('texts need a tokenizer', () => expect(() => parseIds('"a"')).toThrow(/no tokenizer/));

  test('sequences and biases', () => {
    expect(parseSequences('1 2; "a b"', tokenizer)).toEqual([
      [1, 2],
      [0, 1],
    ]);
    expect(parseBiases('1 2: −5; "a": 2.5; 3: -inf', tokenizer)).toEqual([
      [[1, 2], -5],
      [[0], 2.5],
      [[3], -Infinity],
    ]);
    expect(() => parseBiases('3', tokenizer)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    expect(() => parseBiases('3: x', tokenizer)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });

  test('a list as it is shown reads back', () => {
    const ids = fc.array(fc.nat(9999), { minLength: 1, maxLength: 4 });
    const bias = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(-Infinity));
    const back = (kind: 'ids' | 'sequences' | 'biases' | 'sequence-biases', value: unknown) => {
      const control = { kind, name: 'x', label: 'x' };
      expect(parseList(control, listText(control, value), undefined)).toEqual(value);
    };
    fc.assert(fc.property(ids, (value) => back('ids', value)));
    fc.assert(fc.property(fc.array(ids, { minLength: 1 }), (value) => back('sequences', value)));
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(99), bias)), (value) => back('biases', value)));
    fc.assert(fc.property(fc.array(fc.tuple(ids, bias)), (value) => back('sequence-biases', value)));
  });
});

describe('sliders', () => {
  const control = number('p', 'p', range(0, 1, 0.1), 0.5, { neutral: 1 });

  test('a value has its place, another one the nearest', () => {
    expect(control.values.map((value) => valueAt(control, placeOf(control, value)))).toEqual(control.values);
    expect(placeOf(control, 0.33)).toBe(3);
    expect(numberText(control, 0.333)).toBe('0.3330');
    expect(numberText(control, 1)).toBe('off');
  });

  test('the first place of what may be left out is “all”', () => {
    const optional = number('n', 'n', [0, 5, 10], 0, { optional: true, digits: 0 });
    expect(placeOf(optional, undefined)).toBe(0);
    expect(valueAt(optional, 0)).toBeUndefined();
    expect(valueAt(optional, 2)).toBe(10);
    expect(numberText(optional, undefined)).toBe('all');
  });

  test('what a stage did, short and as a sentence', () => {
    const stage = {
      name: 'topK',
      type: 'topK',
      parameters: {},
      path: [],
      kept: 9,
      removed: 3041,
      restored: 0,
      removedMass: 0.25,
      entropyBefore: 5.12,
      entropy: 3.04,
    };
    expect(effectText(stage)).toBe('cuts 3,041 · H 5.1→3.0');
    expect(effectText({ ...stage, removed: 0, entropy: 5.12 })).toBe('H 5.1');
    expect(effectSentence(stage)).toBe(
      'cuts 3,041 tokens with 25.0 % of what came in, keeps 9; entropy 5.12 to 3.04 bits',
    );
  });
});

describe('edits', () => {
  const settings = { ...initialSettings, stages: [newStage('topK'), newStage('topP')] };

  test('a value switches its stage on; undefined leaves the parameter out', () => {
    const off = { ...settings, stages: settings.stages.map((stage) => ({ ...stage, enabled: false })) };
    expect(withParameter(off, 1, 'p', 0.5).stages[1]).toMatchObject({
      enabled: true,
      parameters: { p: 0.5 },
    });
    expect(withParameter(off, 0, 'ties', undefined).stages[0]!.parameters).not.toHaveProperty('ties');
  });

  test('off keeps the value, on brings it back; a neutral one gets its usual value', () => {
    const off = switched(settings, 0);
    expect(off.stages[0]).toEqual({ ...settings.stages[0], enabled: false });
    expect(switched(off, 0)).toEqual(settings);
    const place = usualStages.findIndex(({ type }) => type === 'topK');
    expect(switched(initialSettings, place).stages[place]).toMatchObject({
      enabled: true,
      parameters: { k: 50 },
    });
  });

  test('moving is a permutation, and back again', () => {
    const stages = stageControls.map(({ type }) => newStage(type));
    const place = fc.nat(stages.length - 1);
    fc.assert(
      fc.property(place, place, (from, to) => {
        const after = moved({ ...settings, stages }, from, to);
        expect(after.stages[to]).toBe(stages[from]);
        expect(moved(after, to, from).stages).toEqual(stages);
      }),
    );
    expect(removed(settings, 0).stages).toEqual([settings.stages[1]]);
    expect(added(settings, 'minP').stages.at(-1)).toEqual(newStage('minP'));
  });

  test('groups divide the beams', () => {
    const beam = { beams: 6, groups: 3, diversityPenalty: 1, lengthPenalty: 1 };
    expect(withBeam(beam, 'beams', 8)).toMatchObject({ beams: 8, groups: 2, diversityPenalty: 1 });
    expect(withBeam(beam, 'beams', 7)).toMatchObject({ groups: 1, diversityPenalty: 0 });
    expect(withBeam(beam, 'groups', 4)).toMatchObject({ groups: 3 });
  });
});
