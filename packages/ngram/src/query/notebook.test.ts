import { readFileSync } from 'node:fs';
import { readSharedText, sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { createRandom } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../corpus/load-corpus';
import { createNgramIndex } from '../index/create-ngram-index';
import type { NgramIndex } from '../index/ngram-index';
import { indexOf } from '../testing/index-of';
import { complete } from './complete';
import { countTable, renderCountTableRow } from './count-table';
import { predictNext } from './predict-next';
import { probe, renderProbe } from './probe';
import { trainingTrace } from './training-trace';

const sentence = ['The', 'quick', 'brown', 'fox', 'jumped', 'over', 'the', 'lazy', 'dog', '.'];
const refused = expect.objectContaining({ code: 'invalid-parameter' });

describeShared('what the notebook prints', () => {
  const printed = readSharedText('seeds/language-models-ngram.txt');
  const between = (begin: string, end: string): string =>
    printed.slice(printed.indexOf(begin) + begin.length, printed.indexOf(end)).replace(/^\n+|\n+$/g, '');

  test('the training trace of the ten-token sentence, n = 5', () => {
    const expected = between(
      'model = train_lm([sentence], 5, True)\n',
      'We can also output the recorded counts',
    );
    expect(expected.split('\n')).toHaveLength(40);
    expect([...trainingTrace([sentence], 5)].join('\n')).toBe(expected);
  });

  test('its table of counts', () => {
    const expected = between(`-> {count}')\n`, 'With `n=5`, we learn the counts');
    expect(expected.split('\n')).toHaveLength(40);
    for (const order of [5, Number.POSITIVE_INFINITY]) {
      const rows = Array.from(countTable(indexOf([sentence], { order }), 5), renderCountTableRow);
      expect(rows.join('\n')).toBe(expected);
    }
  });

  test('probing, word for word', () => {
    const expected = between(`predict_lm(model, "The cat in", 10, True, True)\n`, "'every'\n");
    const index = indexOf(
      ['cat in the', 'cat in every', 'cat in its', 'The hat in a'].map((line) => line.split(' ')),
    );
    const result = probe(index, ['The', 'cat', 'in'], { topK: 10 });
    expect(renderProbe(result, index.vocabulary)).toBe(expected);
    expect(result.tried).toEqual(['The cat in', 'cat in']);
  });
});

describe('the naive program, step by step', () => {
  const index = indexOf([sentence, ['the', 'lazy', "dog's", 'nap', '.'], ['a', 'lazy', 'dog']]);

  test('nothing known: the list of single tokens; the last prefix is named', () => {
    const result = probe(index, ['no', 'such'], { topK: 2 });
    expect(renderProbe(result, index.vocabulary)).toBe(
      [
        'Probing prefix "no such"',
        'Probing prefix "such"',
        `Top-k tokens for prefix "such": [('lazy', 3), ('the', 2)]`,
      ].join('\n'),
    );
    expect(result).toMatchObject({ found: false, matched: 0, token: 'lazy' });
  });

  test('no words: the empty prefix is found', () => {
    const lines = renderProbe(probe(index, [], { topK: 1 }), index.vocabulary).split('\n');
    expect(lines[0]).toBe('Probing prefix ""');
    expect(lines[1]).toMatch(
      /^Full token list for prefix "": \[\('lazy', 3\), \('the', 2\), \('dog', 2\), \('\.', 2\), \('The', 1\), /,
    );
    expect(lines[1]).toContain(`("dog's", 1)`);
    expect(lines[2]).toBe(`Top-k tokens for prefix "": [('lazy', 3)]`);
  });

  test('order limits the prefixes that can be found, not those that are tried', () => {
    const result = probe(index, ['over', 'the', 'lazy'], { order: 2 });
    expect([result.tried.length, result.matched]).toEqual([3, 1]);
  });

  test('complete stops at the end of a sentence or at the limit', () => {
    const spoken: string[] = [];
    const onProbe = (step: { token: string }) => void spoken.push(step.token);
    expect(complete(index, ['brown', 'fox'], { onProbe })).toEqual({
      tokens: ['brown', 'fox', 'jumped', 'over', 'the', 'lazy', 'dog', '.'],
      finishReason: 'stop-token',
    });
    expect(spoken).toHaveLength(6);
    expect(complete(index, ['brown'], { maxTokens: 2 })).toEqual({
      tokens: ['brown', 'fox', 'jumped'],
      finishReason: 'max-tokens',
    });
    expect(complete(index, ['dog'], { stop: [], maxTokens: 3 }).tokens).toHaveLength(4);
    expect(complete(index, ['dog'], { maxTokens: 0 })).toEqual({
      tokens: ['dog'],
      finishReason: 'max-tokens',
    });
  });

  test('a random choice is uniform over the top k', () => {
    const many = indexOf(['x a', 'x a', 'x a', 'x b', 'x c', 'x d'].map((line) => line.split(' ')));
    const random = createRandom(3);
    const x = [many.vocabulary.idOf('x')!];
    const drawn = new Map<string, number>();
    for (let i = 0; i < 3000; i++) {
      const token = many.vocabulary.tokenOf(predictNext(many, x, { topK: 3, random }).id)!;
      drawn.set(token, (drawn.get(token) ?? 0) + 1);
    }
    expect([...drawn.keys()].sort()).toEqual(['a', 'b', 'c']);
    for (const count of drawn.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test('n < 1 and other illegal values', () => {
    for (const order of [0, -2, 1.5]) {
      expect(() => [...trainingTrace([sentence], order)]).toThrow(refused);
      expect(() => [...countTable(index, order)]).toThrow(refused);
      expect(() => probe(index, ['the'], { order })).toThrow(refused);
    }
    expect(() => predictNext(index, [], { topK: 0 })).toThrow(refused);
    expect(() => complete(index, [], { maxTokens: -1 })).toThrow(refused);
    expect(() => complete(index, [], { top: 1 } as never)).toThrow(
      expect.objectContaining({ code: 'unsupported-option' }),
    );
  });
});

interface Stored {
  readonly tokens: number;
  readonly sentences: number;
  readonly vocabulary: number;
  readonly probe: readonly string[];
  readonly completions: Readonly<Record<string, string>>;
  readonly drawn: string;
  readonly trace: readonly string[];
}

/** The notebook's program on the test split of WikiText-2, words at white space, sentences at full stops. */
function wikitext(index: NgramIndex): Stored {
  const tried = probe(index, 'The cat in'.split(' '), { topK: 10, order: 8 });
  const trace: string[] = [];
  const drawn = complete(index, 'The president of'.split(' '), {
    order: 8,
    random: createRandom(1),
    onProbe: (step) => trace.push(...renderProbe(step, index.vocabulary).split('\n')),
  });
  const completed = ['Cassini', 'And then the', 'Aliens have', 'The game'].map((text) => {
    return [text, complete(index, text.split(' '), { order: 8 }).tokens.join(' ')];
  });
  return {
    tokens: index.tokenCount,
    sentences: index.sentenceCount,
    vocabulary: index.vocabulary.size,
    probe: renderProbe(tried, index.vocabulary).split('\n'),
    completions: Object.fromEntries(completed),
    drawn: drawn.tokens.join(' '),
    trace: trace.slice(0, 12).map((line) => (line.length > 200 ? `${line.slice(0, 200)}…` : line)),
  };
}

describeShared('the test split of WikiText-2', () => {
  test('probing and completion as stored', async () => {
    const text = readFileSync(sharedPath('data/corpora/wikitext-2-raw.test.txt'));
    const index = createNgramIndex(await loadCorpus(text, { sentenceEnds: ['.', '!', '?'] }));
    await expect(`${JSON.stringify(wikitext(index), null, 1)}\n`).toMatchFileSnapshot(
      '../../testdata/wikitext-2-test.json',
    );
  });
});
