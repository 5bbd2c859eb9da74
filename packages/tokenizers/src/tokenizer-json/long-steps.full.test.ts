import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { filled, longKinds } from '../testing/long-kinds';
import { tokenizerFromJson } from './tokenizer-from-json';

describe('every kind of step', () => {
  const answers = readFileSync(new URL('../../testdata/pipelines.json', import.meta.url), 'utf8');
  const files = (JSON.parse(answers) as { kinds: { name: string; json: unknown }[] }).kinds;
  test.each(files)('$name', { timeout: 120_000 }, ({ name, json }) => {
    const tokenizer = tokenizerFromJson(json);
    for (const [kind, unit] of Object.entries(longKinds)) {
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
