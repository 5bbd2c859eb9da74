import type { LogitsProcessor } from '@nexttoken/model';
import { epsilonCutoff } from '../processors/epsilon-cutoff';
import { etaCutoff } from '../processors/eta-cutoff';
import { minP } from '../processors/min-p';
import { temperature } from '../processors/temperature';
import { topH } from '../processors/top-h';
import { topK } from '../processors/top-k';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';
import type { ConfigReader } from './config-reader';
import type { GenerationLoop } from './generation-loop';

const defaultTopK = 50;

/**
 * The processors that run only where tokens are sampled, in Hugging Face's order and under its conditions:
 * `top_k` is 50 where the config does not say. Beam search keeps a token beside the end tokens.
 */
export function samplingStages(
  read: ConfigReader,
  { numBeams, endTokenIds }: GenerationLoop,
): LogitsProcessor[] {
  const minTokensToKeep = numBeams > 1 ? Math.max(endTokenIds.length, 1) + 1 : 1;
  const keep = { minTokensToKeep };
  const table: readonly (readonly [
    key: string,
    neutral: number | undefined,
    make: (value: number) => LogitsProcessor,
  ])[] = [
    ['temperature', 1, temperature],
    ['top_h', undefined, topH],
    ['top_k', 0, (k) => topK(k, keep)],
    ['top_p', 1, (p) => topP(p, keep)],
    ['min_p', undefined, (p) => minP(p, keep)],
    ['typical_p', 1, (p) => typicalP(p, keep)],
    ['epsilon_cutoff', 0, (epsilon) => epsilonCutoff(epsilon, keep)],
    ['eta_cutoff', 0, (epsilon) => etaCutoff(epsilon, keep)],
  ];
  return table.flatMap(([key, neutral, make]) => {
    const value = (read.raw(key) ?? (key === 'top_k' ? defaultTopK : undefined)) as number | undefined;
    return value === undefined || value === neutral ? [] : [read.make(key, () => make(value))];
  });
}
