import { readFileSync } from 'node:fs';
import type { TokenizationTrace, TraceStep } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomText } from '../testing/random-text';
import { wordPieceJson } from '../testing/small-tokenizers';
import { tiktokenTokenizer } from '../tiktoken/tiktoken-tokenizer';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';

type Kind = TraceStep['step'];
const stepsOf = <Step extends Kind>(trace: TokenizationTrace, step: Step) =>
  trace.steps.filter((found) => found.step === step) as Extract<TraceStep, { step: Step }>[];
const answers = readFileSync(new URL('../../testdata/pipelines.json', import.meta.url), 'utf8');
const { kinds } = JSON.parse(answers) as { kinds: { name: string; json: unknown }[] };
const jsonOf = (name: string) => kinds.find((kind) => kind.name === name)!.json;

describe.each(kinds)('trace of $name', ({ json }) => {
  const tokenizer = tokenizerFromJson(json);

  test('ends in what encode gives, for any text', () => {
    const property = fc.property(randomText, fc.boolean(), (text, addSpecialTokens) => {
      const trace = tokenizer.trace(text, { addSpecialTokens });
      const { ids, tokens, offsets } = tokenizer.encode(text, { addSpecialTokens });
      expect(trace.ids).toEqual([...ids]);
      const model = stepsOf(trace, 'model')[0]!.words.flatMap((word) => word.tokens);
      const around = tokens.length - model.length;
      expect(around).toBeGreaterThanOrEqual(0);
      const last = stepsOf(trace, 'post-processor')[0];
      if (last)
        expect(last.tokens.map(({ id, token, offset }) => [id, token, [...offset]])).toEqual(
          tokens.map((token, index) => [ids[index], token, [...offsets![index]!]]),
        );
      else
        expect(model.map(({ id, offset }) => [id, [...offset]])).toEqual(
          Array.from(ids, (id, index) => [id, [...offsets![index]!]]),
        );
    });
    fc.assert(property, { numRuns: 30 });
  });

  test('merges lead from the symbols to the tokens', () => {
    const property = fc.property(randomText, (text) => {
      for (const { symbols, merges, tokens } of stepsOf(tokenizer.trace(text), 'model')[0]!.words) {
        if (symbols === undefined || merges === undefined || (merges.length === 0 && tokens.length === 1))
          continue;
        const now = symbols.map((symbol, start) => ({ symbol, start }));
        for (const { left, right, merged, index } of merges) {
          const at = now.findIndex(({ start }) => start === index);
          expect([now[at]!.symbol, now[at + 1]!.symbol]).toEqual([left, right]);
          now.splice(at, 2, { symbol: merged, start: index });
        }
        expect(now.map(({ symbol }) => symbol)).toEqual(tokens.map(({ token }) => token));
      }
    });
    fc.assert(property, { numRuns: 30 });
  });
});

describe('every step is told', () => {
  test('BERT: added tokens, normalizer, pre-tokenizer, pieces, post-processor', () => {
    const { steps } = tokenizerFromJson(wordPieceJson).trace('We PLAYED.');
    expect(steps.map((step) => ('type' in step ? `${step.step} ${step.type}` : step.step))).toEqual([
      'added-tokens',
      'normalizer BertNormalizer',
      'added-tokens',
      'pre-tokenizer BertPreTokenizer',
      'model WordPiece',
      'post-processor TemplateProcessing',
    ]);
    expect(steps[1]).toMatchObject({ pieces: [{ text: 'we played.', offset: [0, 10] }] });
    expect(steps[3]).toMatchObject({ pieces: [{ text: 'we' }, { text: 'played' }, { text: '.' }] });
    expect(steps[4]).toMatchObject({
      words: [
        { text: 'we' },
        { text: 'played', tokens: [{ token: 'play' }, { token: '##ed' }] },
        { text: '.' },
      ],
    });
  });

  test('GPT-2: merges by rank', async () => {
    const trace = (await tiktokenTokenizer('gpt2')).trace('low é');
    const words = stepsOf(trace, 'model')[0]!.words;
    expect(words.map((word) => word.text)).toEqual(['low', ' é']);
    expect(words[1]).toMatchObject({ offset: [3, 5], symbols: ['Ġ', 'Ã', '©'], tokens: [{ token: 'ĠÃ©' }] });
    const plain = tokenizerFromJson(jsonOf('gpt2')).trace(' the');
    expect(stepsOf(plain, 'pre-tokenizer')[0]!.pieces).toEqual([{ text: 'Ġthe', offset: [0, 4] }]);
    expect(stepsOf(plain, 'model')[0]!.words[0]!.merges).toMatchObject([
      { left: 'Ġ', right: 't', merged: 'Ġt', rank: 0, index: 0 },
      { left: 'Ġt', right: 'h', merged: 'Ġth', rank: 1, index: 0 },
      { left: 'Ġth', right: 'e', merged: 'Ġthe', rank: 2, index: 0 },
    ]);
  });

  test('Unigram: the score of the best cut; added tokens by id', () => {
    const trace = tokenizerFromJson(jsonOf('unigram')).trace('the<x>a');
    const words = stepsOf(trace, 'model')[0]!.words;
    expect(words.map(({ text, id }) => [text, id])).toEqual([
      ['▁the', undefined],
      ['<x>', 1],
      ['▁a', undefined],
    ]);
    expect(words[0]!.score).toBeLessThan(0);
  });
});
