import { readFileSync } from 'node:fs';
import { describeShared } from '@nexttoken/goldens/vitest';
import type { Tokenizer } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { sharedTokenizer, sharedTokenizerNames } from '../testing/shared-tokenizers';
import { tiktokenTokenizer } from '../tiktoken/tiktoken-tokenizer';
import { tokenizerFromJson } from './tokenizer-from-json';

const prose = 'The quick brown fox, aged 12½, jumps over the lazy dog’s den — again. ';

/** Texts of about so many megabytes that have no line break, and most of them no border at all. */
const kinds: Readonly<Record<string, string>> = {
  'one letter': 'a',
  'a single line of prose': prose,
  'one capital': 'A',
  spaces: ' ',
  'spaces and a word': '          a',
  NUL: '\0',
  'Chinese without a mark': '我们在这里学习语言模型',
  'one emoji': '👩‍👩‍👧',
  'marks out of order': '\u0301\u0323',
  apostrophes: "'",
  digits: '7',
};

function filled(unit: string, length: number): string {
  const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  return text.replace(/[\ud800-\udbff]$/, '');
}

/** Prints the times at 1×, 2× and 4×, so that whoever reads sees how they grow; a quadratic one would not end in time. */
function measure(
  name: string,
  tokenizer: Tokenizer,
  megabytes: number,
  inBounds: (text: string) => string,
): void {
  for (const [kind, unit] of Object.entries(kinds)) {
    test(`${name}: ${kind}`, { timeout: 120_000 }, () => {
      const times = [1, 2, 4].map((factor) => {
        const text = filled(unit, (megabytes * 1e6 * factor) / 4);
        const start = performance.now();
        const { ids } = tokenizer.encode(text, { addSpecialTokens: false });
        const time = performance.now() - start;
        if (factor === 4) expect(tokenizer.decode(ids)).toBe(inBounds(text));
        return `${Math.round(time)} ms`;
      });
      console.info(
        `${name}, ${kind}: ${times.join(', ')} at ${megabytes / 4}, ${megabytes / 2}, ${megabytes} M units`,
      );
    });
  }
}

const same = (text: string) => text;

describe.each(['gpt2', 'cl100k_base', 'o200k_base'])('tiktoken', async (name) => {
  measure(name, await tiktokenTokenizer(name), 4, same);
});

for (const name of sharedTokenizerNames) {
  describeShared('tokenizer.json', () => {
    measure(name, sharedTokenizer(name), 1, (text) => (name === 'qwen2.5' ? nfc(text) : text));
  });
}

/** The platform's own normalization takes quadratic time on long runs of marks; in this text they only change places. */
function nfc(text: string): string {
  if (!text.startsWith('\u0301')) return text.normalize('NFC');
  return text.replace(/\u0301/g, '') + text.replace(/\u0323/g, '');
}

describe('every kind of step', () => {
  const answers = readFileSync(new URL('../../testdata/pipelines.json', import.meta.url), 'utf8');
  const files = (JSON.parse(answers) as { kinds: { name: string; json: unknown }[] }).kinds;
  test.each(files)('$name', { timeout: 120_000 }, ({ name, json }) => {
    const tokenizer = tokenizerFromJson(json);
    for (const [kind, unit] of Object.entries(kinds)) {
      const times = [1, 2, 4].map((factor) => {
        const start = performance.now();
        const { offsets } = tokenizer.encode(filled(unit, 50_000 * factor));
        for (const [, end] of offsets!.slice(-1)) expect(end).toBeLessThanOrEqual(50_000 * factor);
        return Math.round(performance.now() - start);
      });
      console.info(`${name}, ${kind}: ${times.join(', ')} ms with offsets at 50, 100, 200 thousand units`);
    }
  });
});

describeShared('5 MB', () => {
  test.each(['gpt2', 'smollm2'] as const)('%s: a single line of 5 MB', { timeout: 60_000 }, (name) => {
    const text = filled(prose, 5_000_000);
    const start = performance.now();
    const { ids, offsets } = sharedTokenizer(name).encode(text);
    const encoded = performance.now() - start;
    expect(offsets!.at(-1)![1]).toBe(text.length);
    console.info(
      `${name}: 5 MB in ${Math.round(encoded)} ms, with offsets ${Math.round(performance.now() - start)} ms, ${ids.length} tokens`,
    );
  });
});
