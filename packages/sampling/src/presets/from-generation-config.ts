import {
  checkOptionNames,
  type LogitsProcessor,
  NextTokenError,
  type Sampler,
  unknownOption,
} from '@nexttoken/model';
import { chain, type ProcessorChain } from '../chain/chain';
import type { AllowedTokens } from '../processors/allow-tokens';
import { logNormalize } from '../processors/log-normalize';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { type ConfigReader, configOwner, configReader } from './config-reader';
import { beamKeys, loopKeys, processorKeys, restKeys, samplingKeys } from './generation-config-keys';
import { stagesOfEveryMode } from './generation-config-stages';
import type { GenerationLoop } from './generation-loop';
import type { HuggingFaceGenerationConfig } from './hugging-face-generation-config';
import { readGenerationLoop } from './read-generation-loop';
import { refusedKeys } from './refused-generation-config-keys';
import { samplingStages } from './sampling-stages';

export interface FromGenerationConfigOptions {
  /**
   * Processors of your own. One of the type of a processor that the config makes (before the sampling ones)
   * takes its place; all others run after those and before the temperature.
   */
  readonly processors?: readonly LogitsProcessor[];
  /** Which tokens may come next: Hugging Face's `prefix_allowed_tokens_fn`. */
  readonly allowedTokens?: AllowedTokens;
  /** Keys to leave out of account: the way to take a config that asks for something refused here. */
  readonly ignore?: readonly string[];
}

/** All that a generation config says. */
export interface GenerationSetup {
  /** In Hugging Face's order. */
  readonly processors: ProcessorChain;
  /** `categorical()` where `do_sample` is true, else `greedy()`. */
  readonly sampler: Sampler;
  /** What the loop is to do. */
  readonly loop: GenerationLoop;
  /** Keys that do not change which tokens come (caches, compilation, versions), as they were given. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** Keys that were given and have no effect in this mode, e.g. `top_p` where `do_sample` is false. */
  readonly unused: readonly string[];
}

const knownKeys = (): readonly string[] => [
  ...processorKeys,
  ...samplingKeys,
  ...beamKeys,
  ...loopKeys,
  ...restKeys,
  ...Object.keys(refusedKeys),
];

function checkKeys(config: Readonly<Record<string, unknown>>, given: readonly string[]): void {
  const known = knownKeys();
  for (const key of given) {
    if (!known.includes(key)) throw unknownOption(configOwner, key, known);
    const refused = refusedKeys[key];
    if (refused !== undefined && !refused.harmless?.includes(config[key])) {
      throw new NextTokenError(
        'unsupported-option',
        `${configOwner}: ${key} cannot be honoured: ${refused.reason}`,
        {
          owner: configOwner,
          option: key,
          reason: refused.reason,
        },
      );
    }
  }
}

/** One's own processor takes the place of one of its type; those without such a place come last. */
function merge(
  made: readonly LogitsProcessor[],
  own: readonly LogitsProcessor[],
): readonly LogitsProcessor[] {
  const merged = made.map((stage) => own.find(({ type }) => type === stage.type) ?? stage);
  return [...merged, ...own.filter((processor) => !merged.includes(processor))];
}

function unusedKeys(read: ConfigReader, given: readonly string[], loop: GenerationLoop): readonly string[] {
  const unused = new Set<string>(read.boolean('do_sample') ? [] : samplingKeys);
  if (loop.numBeams === 1) for (const key of beamKeys) unused.add(key);
  if (loop.endTokenIds.length === 0) for (const key of ['min_length', 'min_new_tokens']) unused.add(key);
  if (loop.maxLength === undefined) unused.add('max_length');
  return given.filter((key) => unused.has(key));
}

/**
 * Everything that Hugging Face's `generate` makes of a `generation_config.json`, in its order, with its
 * defaults and conditions: the processors, the sampler, and the data that belong to the loop. `null` is the
 * same as absent. Defaults: greedy, `top_k` 50 when sampling, 20 new tokens.
 *
 * Every key is honoured, handed back, or refused by name; a value that is not legal is an error also where
 * Hugging Face passes over it.
 *
 * @param config keys as in `generation_config.json`
 * @param options `processors`, `allowedTokens`, `ignore`
 * @throws NextTokenError `unsupported-option` for a key that cannot be honoured (details: option, reason) or
 *   that is unknown (details: option, nearest); `invalid-parameter` for an illegal value or contradiction
 *
 * What depends on the prompt's length (new tokens, where the text begins) is decided when a row comes.
 * Source: `GenerationMixin._get_logits_processor` of transformers 5; `diversity_penalty` as in version 4.
 */
export function fromGenerationConfig(
  config: HuggingFaceGenerationConfig,
  options: FromGenerationConfigOptions = {},
): GenerationSetup {
  checkOptionNames(configOwner, options, ['processors', 'allowedTokens', 'ignore']);
  const { processors = [], allowedTokens, ignore = [] } = options;
  const kept = Object.entries(config).filter(
    ([key, value]) => value !== null && value !== undefined && !ignore.includes(key),
  );
  const clean = Object.fromEntries(kept);
  const given = Object.keys(clean);
  checkKeys(clean, given);

  const read = configReader(clean);
  const loop = readGenerationLoop(read);
  const sampled = read.boolean('do_sample');
  const stages = merge(stagesOfEveryMode(read, loop, allowedTokens), processors);
  return {
    processors: chain(
      ...stages,
      ...(sampled ? samplingStages(read, loop) : []),
      ...(read.boolean('renormalize_logits') ? [logNormalize()] : []),
    ),
    sampler: sampled ? categorical() : greedy(),
    loop,
    rest: Object.fromEntries(kept.filter(([key]) => (restKeys as readonly string[]).includes(key))),
    unused: unusedKeys(read, given, loop),
  };
}
