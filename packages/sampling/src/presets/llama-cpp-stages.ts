import { invalidParameter, type LogitsProcessor, type Tokenizer } from '@nexttoken/model';
import { dry } from '../processors/dry';
import { dryBreakers } from '../processors/dry-breakers';
import { dynamicTemperature } from '../processors/dynamic-temperature';
import { frequencyPenalty } from '../processors/frequency-penalty';
import { minP } from '../processors/min-p';
import { presencePenalty } from '../processors/presence-penalty';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topNSigma } from '../processors/top-n-sigma';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';
import { xtc } from '../processors/xtc';
import { type LlamaCppSamplerName, llamaCppOwner } from './llama-cpp-keys';
import type { LlamaCppReader } from './llama-cpp-reader';

const defaultBreakers: readonly string[] = ['\n', ':', '"', '*'];

/** Whether the temperature leaves the likeliest token alone. */
export function isGreedy(read: LlamaCppReader): boolean {
  return read.number('temperature', 0.8) <= 0 && read.number('dynatemp_range', 0) <= 0;
}

function breakersOf(read: LlamaCppReader, tokenizer: Tokenizer | undefined): readonly (readonly number[])[] {
  const texts = read.raw('dry_sequence_breakers') ?? defaultBreakers;
  if (!Array.isArray(texts)) {
    throw invalidParameter(llamaCppOwner, 'dry_sequence_breakers', texts, 'a list of strings');
  }
  if (texts.length === 0) return [];
  if (tokenizer !== undefined) return dryBreakers(tokenizer, texts);
  const expected = 'given, to find dry_sequence_breakers in ids (or give those as [])';
  throw invalidParameter(llamaCppOwner, 'tokenizer', undefined, expected);
}

/**
 * The processors that each sampler of llama.cpp is here: none where it is off.
 * The three penalties are rounded to float32 one after the other, there the last two are taken off together.
 */
export function llamaCppStages(
  read: LlamaCppReader,
  tokenizer: Tokenizer | undefined,
): Readonly<Record<Exclude<LlamaCppSamplerName, 'adaptive_p'>, () => LogitsProcessor[]>> {
  const keep = () => ({ minTokensToKeep: Math.max(read.integer('min_keep', 0, 0), 1) });
  return {
    penalties() {
      const lastTokens = read.integer('repeat_last_n', 64, 0);
      const repeat = read.number('repeat_penalty', 1);
      const frequency = read.number('frequency_penalty', 0);
      const presence = read.number('presence_penalty', 0);
      if (lastTokens === 0) return [];
      const window = { includePrompt: true, lastTokens };
      return [
        ...(repeat === 1 ? [] : [repetitionPenalty(repeat, { lastTokens })]),
        ...(frequency === 0 ? [] : [frequencyPenalty(frequency, window)]),
        ...(presence === 0 ? [] : [presencePenalty(presence, window)]),
      ];
    },
    dry() {
      const multiplier = read.number('dry_multiplier', 0);
      const base = read.number('dry_base', 1.75);
      const allowedLength = read.integer('dry_allowed_length', 2, 0);
      const lastTokens = read.integer('dry_penalty_last_n', 64, 0);
      if (multiplier === 0 || lastTokens === 0) return [];
      return [dry(multiplier, { base, allowedLength, lastTokens, breakers: breakersOf(read, tokenizer) })];
    },
    top_n_sigma() {
      const n = read.number('top_n_sigma', -1);
      return n <= 0 ? [] : [topNSigma(n)];
    },
    top_k() {
      const k = read.integer('top_k', 40);
      return k <= 0 ? [] : [topK(k, { ties: 'cut' })];
    },
    typ_p() {
      const p = read.number('typical_p', 1);
      return p >= 1 ? [] : [typicalP(p, { ...keep(), ties: 'cut' })];
    },
    top_p() {
      const p = read.number('top_p', 0.95);
      return p >= 1 ? [] : [topP(p, keep())];
    },
    min_p() {
      const p = read.number('min_p', 0.05);
      return p <= 0 ? [] : [minP(p, keep())];
    },
    xtc() {
      const probability = read.number('xtc_probability', 0);
      const threshold = read.number('xtc_threshold', 0.1);
      return probability <= 0 || threshold > 0.5 ? [] : [xtc(probability, { threshold, ...keep() })];
    },
    temperature() {
      const t = read.number('temperature', 0.8);
      const range = read.number('dynatemp_range', 0);
      const exponent = read.number('dynatemp_exponent', 1);
      if (range > 0) return [dynamicTemperature(t, { range, exponent })];
      return t === 1 ? [] : [temperature(t)];
    },
  };
}
