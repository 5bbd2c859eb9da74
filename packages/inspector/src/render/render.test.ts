import { createPieceTokenizer, createTestModel, scriptedLogits } from '@nexttoken/generate/testing';
import { chain, temperature, topK } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTokenTable } from '../next-token/next-token-table';
import { positionTable } from '../position/position-table';
import { tokenProbabilities } from '../token-probabilities/token-probabilities';
import { renderNextTokenTable } from './render-next-token-table';
import { renderPositionTable } from './render-position-table';
import { renderTokenProbabilities } from './render-token-probabilities';
import { textWidth } from './text-width';

const tokenizer = createPieceTokenizer([
  ' Paris',
  '東京',
  '\u{1f600}',
  '\u001b[31m',
  Uint8Array.of(0xe2, 0x80),
]);
const logits = Float32Array.of(4, 3, 2, 1, 0, -9);
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is looked for
const escapes = /\x1b\[[0-9;]*m/g;

describe('renderNextTokenTable', () => {
  test('columns are aligned, whatever the tokens are', () => {
    expect(renderNextTokenTable(nextTokenTable(logits, tokenizer, { top: 5 }), { width: 60 })).toBe(
      `
rank  token     id  logit  probability
   1  ␣Paris     0   4.00       63.6 %  ████████████▊
   2  東京       1   3.00       23.4 %  ████▋
   3  \u{1f600}         2   2.00        8.6 %  █▊
   4  \\x1B[31m   3   1.00        3.2 %  ▋
   5  ‹E2 80›    4   0.00        1.2 %  ▎
others: 1 token, < 0.1 %
entropy: 1.44 bits`.slice(1),
    );
  });

  test('with processors: scores, shares, who removed what, the stages', () => {
    const table = nextTokenTable(logits, tokenizer, { top: 3, processors: chain(temperature(0.5), topK(2)) });
    expect(renderNextTokenTable(table, { width: 90 })).toBe(
      `
rank  token   id  logit  probability  score   share  removed by
   1  ␣Paris   0   4.00       63.6 %   8.00  88.1 %              ██████████████████████
   2  東京     1   3.00       23.4 %   6.00  11.9 %              ███
   3  \u{1f600}       2   2.00        8.6 %     -∞       -  topK
others: 3 tokens, 4.3 %, share 0.0 %
entropy: 1.44 bits
temperature (temperature 0.5): keeps 6, cuts 0, entropy 0.66 bits
topK (k 2, minTokensToKeep 1): keeps 2, cuts 4, entropy 0.53 bits`.slice(1),
    );
  });

  test('colours only when asked, and nothing but colours differs', () => {
    const table = nextTokenTable(logits, tokenizer, { processors: topK(2) });
    const plain = renderNextTokenTable(table);
    const colored = renderNextTokenTable(table, { color: true });
    expect(plain).not.toContain('\x1b');
    expect(colored).toContain('\x1b[2;9m');
    expect(colored.replace(escapes, '')).toBe(plain);
  });

  test('no line is longer than the width, none ends with a space', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(words, fc.integer({ min: 70, max: 140 }), fc.boolean(), (pieces, width, color) => {
        const table = nextTokenTable(logits, createPieceTokenizer(pieces), { processors: topK(2) });
        for (const line of renderNextTokenTable(table, { width, color }).split('\n')) {
          const text = line.replace(escapes, '');
          expect(textWidth(text)).toBeLessThanOrEqual(width);
          expect(text).toBe(text.trimEnd());
        }
      }),
    );
  });

  test('refuses unknown options, and a width in which nothing fits', () => {
    const table = nextTokenTable(logits);
    expect(() => renderNextTokenTable(table, { width: 39 })).toThrow(/width must be an integer >= 40/);
    expect(() => renderNextTokenTable(table, { colour: true } as never)).toThrow(
      /unknown option colour; did you mean color/,
    );
  });
});

describe('renderPositionTable', () => {
  test('tokens, ranks, bits, alternatives, the whole', async () => {
    const model = createTestModel({ vocabSize: 5, logitsAfter: scriptedLogits(5, 1, [1, 2]) });
    const table = await positionTable(model, [0, 1, 4], tokenizer, { top: 2 });
    expect(renderPositionTable(table)).toBe(
      `
position  token    logit  probability  rank  bits  alternatives
       0  ␣Paris
       1  東京      5.00       97.4 %     1  0.04  東京 97.4 %  ␣Paris 0.7 %
       2  ‹E2 80›   0.00        0.7 %     5  7.25  \u{1f600} 97.4 %  ␣Paris 0.7 %
scored: 2 tokens
loss: 5.053 nats
perplexity: 12.511
bits per byte: 0.911`.slice(1),
    );
    expect(renderPositionTable(table, { width: 70 })).toMatch(/ {2}東京 97\.4 %$/m);
    expect(renderPositionTable(table, { color: true }).replace(escapes, '')).toBe(renderPositionTable(table));
  });
});

describe('renderTokenProbabilities', () => {
  test('a line a token, the sum below', () => {
    const step = {
      type: 'step',
      row: 0,
      step: 0,
      id: 0,
      logit: 4,
      probability: 0.5,
      score: 8,
      share: 0.75,
    } as const;
    const table = tokenProbabilities([step, { ...step, step: 1, id: 1, probability: 0.25 }], tokenizer);
    expect(renderTokenProbabilities(table)).toBe(
      `
step  token   id  logit  probability  score   share  Σ ln p
   0  ␣Paris   0   4.00       50.0 %   8.00  75.0 %   -0.69  █████████▌
   1  東京     1   4.00       25.0 %   8.00  75.0 %   -2.08  ████▊
log-probability: -2.079 nats, perplexity 2.828`.slice(1),
    );
    expect(renderTokenProbabilities(table, { color: true }).replace(escapes, '')).toBe(
      renderTokenProbabilities(table),
    );
  });

  test('an empty run has a header and an end', () => {
    expect(renderTokenProbabilities(tokenProbabilities([]))).toMatch(
      /^step .*\nlog-probability: 0.000 nats$/,
    );
  });
});
