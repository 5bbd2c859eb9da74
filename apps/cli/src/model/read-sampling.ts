import { randomInt } from 'node:crypto';
import { invalidParameter, type LogitsProcessor, type Sampler } from '@nexttoken/model';
import { categorical, greedy, huggingFacePreset } from '@nexttoken/sampling';
import type { FlagName } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { readSettings } from './read-settings';

/** How tokens are chosen. */
export interface Sampling {
  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
  readonly processors: LogitsProcessor<any> | undefined;
  readonly sampler: Sampler;
  /** Absent when nothing is drawn. */
  readonly seed: number | undefined;
  /** Whether the seed was drawn here, not given. */
  readonly seedWasDrawn: boolean;
}

const asks: readonly FlagName[] = ['temperature', 'top-k', 'top-p', 'min-p', 'typical-p', 'seed'];

/**
 * Reads the sampling flags. Any of temperature, top-k, top-p, min-p, typical-p and seed asks for sampling; without
 * them the choice is greedy. The repetition penalty works with both.
 * @throws NextTokenError `invalid-parameter` for illegal values and for `--greedy` beside a flag that asks for sampling
 */
export function readSampling(args: ParsedArguments): Sampling {
  const asked = asks.filter((flag) => args.has(flag));
  const [first] = asked;
  if (args.has('greedy') && first) {
    throw invalidParameter(
      'nexttoken',
      '--greedy',
      `--${first}`,
      `given without --${first}, which asks for sampling`,
    );
  }
  const options = readSettings(args);
  const processors = Object.keys(options).length > 0 ? huggingFacePreset(options) : undefined;
  if (!first) return { processors, sampler: greedy(), seed: undefined, seedWasDrawn: false };
  const seed = args.number('seed', { integer: true, minimum: 0 });
  return {
    processors,
    sampler: categorical(),
    seed: seed ?? randomInt(2 ** 32),
    seedWasDrawn: seed === undefined,
  };
}
