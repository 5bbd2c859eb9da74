import { checkOptionNames, invalidParameter, type LogitsProcessor, type Sampler } from '@nexttoken/model';
import { encodeValue } from './encode-value';
import type { DataOptions } from './registration';
import { type SamplingData, samplingDataSpecification } from './sampling-data';

type Stage = LogitsProcessor | Sampler;

function isStage(value: object): value is Stage {
  const { kind, type, parameters } = value as Partial<Stage>;
  return (
    (kind === 'processor' || kind === 'sampler') &&
    typeof type === 'string' &&
    typeof parameters === 'object' &&
    parameters !== null
  );
}

/**
 * A processor, chain or sampler as plain data that `JSON.stringify` keeps to the bit: for traces, links and
 * remote backends. {@link fromData} makes the same thing of it. State is no part of it.
 *
 * @param stage what to write; a chain with all its parts
 * @param options types registered with a `toData` of their own, e.g. for a function that has a name
 * @throws NextTokenError `invalid-parameter` where a parameter is no plain data, e.g. the function of
 *   `allowTokens`; details name the type and the parameter
 */
export function toData<Kind extends 'processor' | 'sampler'>(
  stage: (LogitsProcessor | Sampler) & { readonly kind: Kind },
  options: DataOptions = {},
): SamplingData<Kind> {
  checkOptionNames('toData', options, ['processors', 'samplers']);
  const { processors = [], samplers = [] } = options;

  function encode(value: object) {
    if (!isStage(value)) {
      throw invalidParameter(
        'toData',
        'stage',
        (value as { type?: unknown })?.type,
        'a processor, a chain or a sampler',
      );
    }
    const { kind, type } = value;
    const registrations = kind === 'processor' ? processors : samplers;
    const write = registrations.find((registration) => registration.type === type)?.toData;
    const parameters = write === undefined ? value.parameters : write(value.parameters);
    return { kind, type, parameters: encodeValue({ ...parameters }, type, encode) };
  }

  return { specification: samplingDataSpecification, ...encode(stage ?? {}) } as SamplingData<Kind>;
}
