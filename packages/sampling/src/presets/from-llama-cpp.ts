import {
  checkOptionNames,
  invalidParameter,
  NextTokenError,
  type Sampler,
  type Tokenizer,
} from '@nexttoken/model';
import { chain, type ProcessorChain } from '../chain/chain';
import { temperature } from '../processors/temperature';
import { adaptiveP } from '../samplers/adaptive-p';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { mirostat } from '../samplers/mirostat';
import { mirostatV2 } from '../samplers/mirostat-v2';
import { llamaCppBiases } from './llama-cpp-biases';
import {
  keysOfSampler,
  type LlamaCppSamplerName,
  llamaCppOwner,
  llamaCppRestKeys,
  mirostatKeys,
  samplingKeys,
} from './llama-cpp-keys';
import { type LlamaCppLoop, llamaCppLoop } from './llama-cpp-loop';
import { llamaCppOrder } from './llama-cpp-order';
import type { LlamaCppParameters } from './llama-cpp-parameters';
import { type LlamaCppReader, llamaCppReader } from './llama-cpp-reader';
import { isGreedy, llamaCppStages } from './llama-cpp-stages';

export interface FromLlamaCppOptions {
  /** Needed where texts have to become ids: `dry_sequence_breakers`, texts in `logit_bias`. */
  readonly tokenizer?: Tokenizer;
  /** The ids that `ignore_eos` bans; default: the tokenizer's end token. */
  readonly endTokenIds?: readonly number[];
}

/** All that llama.cpp's sampling parameters say. */
export interface LlamaCppSetup {
  /** In the order of `samplers`, biases first. */
  readonly processors: ProcessorChain;
  /** `categorical()`, or what the parameters ask for instead: `greedy`, `mirostat`, `mirostatV2`, `adaptiveP`. */
  readonly sampler: Sampler;
  /** What the loop is to do. */
  readonly loop: LlamaCppLoop;
  /** Keys that do not change which tokens come (streaming, timings, caches), as they were given. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** Keys that were given and have no effect, e.g. `top_p` where `mirostat` is on. */
  readonly unused: readonly string[];
}

type Plan = Pick<LlamaCppSetup, 'processors' | 'sampler'> & { readonly read: readonly string[] };

/** Mirostat replaces everything but the biases and the plain temperature. */
function mirostatPlan(read: LlamaCppReader, version: 1 | 2, options: FromLlamaCppOptions): Plan {
  const tau = read.number('mirostat_tau', 5);
  const eta = read.number('mirostat_eta', 0.1);
  const t = read.number('temperature', 0.8);
  const sampler = version === 1 ? mirostat(tau, { eta, m: 100 }) : mirostatV2(tau, { eta });
  return {
    processors: chain(...llamaCppBiases(read, options), ...(t <= 0 || t === 1 ? [] : [temperature(t)])),
    sampler: t <= 0 ? greedy() : sampler,
    read: ['temperature', ...mirostatKeys],
  };
}

function chosenSampler(read: LlamaCppReader, isAdaptive: boolean): Sampler {
  const target = read.number('adaptive_target', -1);
  if (!isAdaptive || target < 0) return categorical();
  return adaptiveP(target, { decay: read.number('adaptive_decay', 0.9) });
}

/** Makes stages; the error of a factory tells which of llama.cpp's samplers it is about. */
function named<Made>(sampler: LlamaCppSamplerName, create: () => Made): Made {
  try {
    return create();
  } catch (error) {
    if (!NextTokenError.isInstance(error) || error.details.owner === llamaCppOwner) throw error;
    const details = { ...error.details, owner: llamaCppOwner, sampler };
    throw new NextTokenError(error.code, `${llamaCppOwner}: ${sampler}: ${error.message}`, details);
  }
}

/** The samplers in their order. Behind a temperature of 0 one candidate is left: what follows has no effect. */
function orderedPlan(read: LlamaCppReader, options: FromLlamaCppOptions): Plan {
  const order = llamaCppOrder(read.raw('samplers') as string | undefined);
  const end = isGreedy(read) ? order.indexOf('temperature') : -1;
  const effective = end < 0 ? order : order.slice(0, end);
  const make = llamaCppStages(read, options.tokenizer);
  const stages = effective.flatMap((name) => (name === 'adaptive_p' ? [] : named(name, make[name])));
  return {
    processors: chain(...llamaCppBiases(read, options), ...stages),
    sampler: end < 0 ? chosenSampler(read, order.includes('adaptive_p')) : greedy(),
    read: [
      'samplers',
      ...order.slice(0, end < 0 ? undefined : end + 1).flatMap((name) => keysOfSampler[name]),
    ],
  };
}

/**
 * Everything that llama.cpp makes of its sampling parameters, in its order and with its defaults: biases,
 * then penalties, DRY, top-n-sigma, top-k 40, typical-p, top-p 0.95, min-p 0.05, XTC and temperature 0.8,
 * or what `samplers` says; `mirostat` replaces them by a temperature and itself. `null` is the same as
 * absent.
 *
 * Every key is honoured, handed back, or refused by name (grammars, infill); a value that is not legal is an
 * error also where llama.cpp passes over it.
 *
 * @param parameters keys as in a request to llama.cpp's server, or as in its `common_params_sampling`
 * @param options `tokenizer`, `endTokenIds`
 * @throws NextTokenError `unsupported-option` for a key or sampler that cannot be honoured or is unknown;
 *   `invalid-parameter` for an illegal value, two names of one key that disagree, or a missing option
 *
 * The same tokens stay, their scores within float32 rounding, as long as no decision lies within the
 * rounding of llama.cpp's float32 sums, and no equal scores straddle a cut: there it leaves open which of
 * them stay, here the lower ids do. Its seeds give other draws: it has another source.
 * Source: `common_sampler_init` in common/sampling.cpp and `common_params_sampling` in common/common.h of
 * llama.cpp 0.5.0; the keys are those of tools/server/server-schema.cpp.
 */
export function fromLlamaCpp(
  parameters: LlamaCppParameters,
  options: FromLlamaCppOptions = {},
): LlamaCppSetup {
  checkOptionNames(llamaCppOwner, options, ['tokenizer', 'endTokenIds']);
  const read = llamaCppReader(parameters);
  const version = read.integer('mirostat', 0);
  if (version !== 0 && version !== 1 && version !== 2) {
    throw invalidParameter(llamaCppOwner, 'mirostat', version, '0, 1 or 2');
  }
  const plan = version === 0 ? orderedPlan(read, options) : mirostatPlan(read, version, options);
  const { processors, sampler } = plan;
  return {
    processors,
    sampler,
    loop: llamaCppLoop(read),
    rest: Object.fromEntries(Object.entries(parameters).filter(([key]) => llamaCppRestKeys.includes(key))),
    unused: read.given.filter((key) => samplingKeys().includes(key) && !plan.read.includes(key)),
  };
}
