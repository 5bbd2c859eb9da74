import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { rowFor } from './check-smoothing';
import type { SmoothedModel } from './smoothed-model';

export interface MixedModel {
  readonly model: SmoothedModel;
  /** A number > 0; the weights add up to 1. */
  readonly weight: number;
}

/**
 * A linear mixture of models over one vocabulary: p(w | h) = Σ λ_i p_i(w | h). Of models whose scores do not sum to 1
 * (stupid backoff) neither does the mixture.
 *
 * @throws NextTokenError `invalid-parameter` for no models, weights that are not > 0 or do not add up to 1 (within 1e-6),
 *   vocabularies of different sizes
 *
 * Jelinek and Mercer, 1980. Cost of a row: one exponential an id and model, one logarithm an id.
 */
export function mixModels(models: readonly MixedModel[]): SmoothedModel {
  const weights = checkWeights('mixModels', models);
  const { vocabulary } = models[0]!.model;
  for (const { model } of models) {
    if (model.vocabulary.size === vocabulary.size) continue;
    throw invalidParameter(
      'mixModels',
      'vocabulary.size',
      model.vocabulary.size,
      `${vocabulary.size}, as the first model's`,
    );
  }
  return {
    type: 'mixture',
    parameters: { models: models.map(({ model: { type, parameters } }) => ({ type, parameters })), weights },
    vocabulary,
    order: Math.max(...models.map(({ model }) => model.order)),
    leavesNothingOut: models.some(({ model }) => model.leavesNothingOut),
    warnings: models.flatMap(({ model }) => model.warnings),
    logProbability(context, id) {
      return Math.log(
        models.reduce(
          (sum, { model }, i) => sum + weights[i]! * Math.exp(model.logProbability(context, id)),
          0,
        ),
      );
    },
    logProbabilities(context, out) {
      const row = rowFor(out, vocabulary.size);
      const sums = new Float64Array(row.length);
      for (const [i, { model }] of models.entries()) {
        const own = model.logProbabilities(context, row);
        for (let id = 0; id < sums.length; id++) sums[id]! += weights[i]! * Math.exp(own[id]!);
      }
      for (let id = 0; id < sums.length; id++) row[id] = Math.log(sums[id]!);
      return row;
    },
  };
}

/** @returns the weights @throws NextTokenError `invalid-parameter` */
export function checkWeights(owner: string, parts: readonly { readonly weight: number }[]): number[] {
  if (!Array.isArray(parts) || parts.length === 0)
    throw invalidParameter(owner, 'models', parts, 'at least one model');
  for (const part of parts) {
    checkOptionNames(owner, part, ['model', 'weight']);
    if (!(part.weight > 0)) throw invalidParameter(owner, 'weight', part.weight, 'a number > 0');
  }
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > 1e-6) throw invalidParameter(owner, 'weights', sum, 'numbers that add up to 1');
  return parts.map(({ weight }) => weight);
}
