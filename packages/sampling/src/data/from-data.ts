import {
  checkOptionNames,
  invalidParameter,
  type LogitsProcessor,
  NextTokenError,
  type Sampler,
  unknownOption,
} from '@nexttoken/model';
import { builtInProcessors } from './built-in-processors';
import { builtInSamplers } from './built-in-samplers';
import { decodeValue } from './decode-value';
import type { DataOptions, ProcessorRegistration, SamplerRegistration } from './registration';
import { type SamplingData, samplingDataSpecification } from './sampling-data';

type Stage = LogitsProcessor | Sampler;
type StageRegistration = ProcessorRegistration | SamplerRegistration;

function registrationOf(
  kind: string,
  type: unknown,
  registrations: readonly StageRegistration[],
): StageRegistration {
  const found = registrations.find((registration) => registration.type === type);
  if (found !== undefined) return found;
  const known = registrations.map((registration) => registration.type);
  const { nearest } = unknownOption('fromData', String(type), known).details;
  throw new NextTokenError(
    'unknown-type',
    `fromData: no ${kind} of the type ${type}; did you mean ${nearest}?`,
    {
      kind,
      type,
      nearest,
      known,
    },
  );
}

/**
 * Makes the processor, chain or sampler that {@link toData} wrote. Every factory checks its parameters as
 * ever, so data from elsewhere can be trusted no less than a call.
 *
 * @param data what `toData` returned, e.g. read back from JSON
 * @param options types of your own: a `defineProcessor` is a registration; one of a built-in type's name
 *   takes its place
 * @throws NextTokenError `unknown-type` for a type that nobody registered; `invalid-parameter` for data of
 *   another version or shape, and what the factories throw
 */
export function fromData(data: SamplingData<'processor'>, options?: DataOptions): LogitsProcessor;
export function fromData(data: SamplingData<'sampler'>, options?: DataOptions): Sampler;
export function fromData(data: unknown, options?: DataOptions): LogitsProcessor | Sampler;
export function fromData(data: unknown, options: DataOptions = {}): Stage {
  checkOptionNames('fromData', options, ['processors', 'samplers']);
  const registrations = {
    processor: [...(options.processors ?? []), ...builtInProcessors()],
    sampler: [...(options.samplers ?? []), ...builtInSamplers()],
  };

  function decode(stage: Readonly<Record<string, unknown>>, path: string): Stage {
    const { kind, type, parameters, ...others } = stage;
    if (kind !== 'processor' && kind !== 'sampler') {
      throw invalidParameter('fromData', `${path}.kind`, kind, '"processor" or "sampler"');
    }
    checkOptionNames(`fromData: ${path}`, others, []);
    const registration = registrationOf(kind, type, registrations[kind]);
    if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
      throw invalidParameter('fromData', `${path}.parameters`, parameters, 'an object');
    }
    const values = Object.entries(parameters).map(([name, value]) => [
      name,
      decodeValue(value, `${registration.type}.${name}`, decode),
    ]);
    return registration.fromData(Object.fromEntries(values));
  }

  if (typeof data !== 'object' || data === null)
    throw invalidParameter('fromData', 'data', data, 'an object');
  const { specification, ...stage } = data as Partial<SamplingData>;
  if (specification !== samplingDataSpecification) {
    throw invalidParameter('fromData', 'specification', specification, `"${samplingDataSpecification}"`);
  }
  return decode(stage, 'data');
}
