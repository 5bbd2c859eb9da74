import { describeShared } from '@nexttoken/goldens/vitest';
import type { Tokenizer } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { filled, longKinds, longProse } from '../testing/long-kinds';
import { sharedTokenizer, sharedTokenizerNames } from '../testing/shared-tokenizers';
import { tiktokenTokenizer } from '../tiktoken/tiktoken-tokenizer';

/** Prints the times at 1×, 2× and 4×, so that whoever reads sees how they grow; a quadratic one would not end in time. */
function measure(
  name: string,
  tokenizer: Tokenizer,
  megabytes: number,
  inBounds: (text: string) => string,
): void {
  for (const [kind, unit] of Object.entries(longKinds)) {
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

describeShared('5 MB', () => {
  test.each(['gpt2', 'smollm2'] as const)('%s: a single line of 5 MB', { timeout: 60_000 }, (name) => {
    const text = filled(longProse, 5_000_000);
    const start = performance.now();
    const { ids, offsets } = sharedTokenizer(name).encode(text);
    const encoded = performance.now() - start;
    expect(offsets!.at(-1)![1]).toBe(text.length);
    console.info(
      `${name}: 5 MB in ${Math.round(encoded)} ms, with offsets ${Math.round(performance.now() - start)} ms, ${ids.length} tokens`,
    );
  });
});
