import type { LogitsProcessor } from '@nexttoken/model';
import { minTokensToKeepOf } from '../parameters/min-tokens-to-keep';
import { minP } from '../processors/min-p';
import { type RepetitionPenaltyOptions, repetitionPenalty } from '../processors/repetition-penalty';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';
import type { PresetOptions } from './preset-options';

/** The options that make a stage; its name is its processor's. */
export type StageName = Exclude<keyof PresetOptions, 'minTokensToKeep'>;

const neutralValues: Readonly<Record<StageName, number>> = {
  temperature: 1,
  topK: 0,
  topP: 1,
  minP: 0,
  typicalP: 1,
  repetitionPenalty: 1,
};

/** Makes the stages that were asked for and are not neutral, in the given order. */
export function stagesInOrder(
  owner: string,
  order: readonly StageName[],
  options: PresetOptions,
  penaltyOptions: RepetitionPenaltyOptions,
): LogitsProcessor[] {
  const { minTokensToKeep } = options;
  const keep = minTokensToKeep === undefined ? {} : { minTokensToKeep };
  minTokensToKeepOf(owner, keep);
  const make: Readonly<Record<StageName, (value: number) => LogitsProcessor>> = {
    temperature: (value) => temperature(value),
    topK: (value) => topK(value, keep),
    topP: (value) => topP(value, keep),
    minP: (value) => minP(value, keep),
    typicalP: (value) => typicalP(value, keep),
    repetitionPenalty: (value) => repetitionPenalty(value, penaltyOptions),
  };
  return order.flatMap((name) => {
    const value = options[name];
    return value === undefined || value === neutralValues[name] ? [] : [make[name](value)];
  });
}
