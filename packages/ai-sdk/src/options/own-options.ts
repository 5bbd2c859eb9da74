import { checkOptionNames, type LogitsProcessor, type Sampler } from '@nexttoken/model';
import { fromData } from '@nexttoken/sampling';
import { refuse } from '../prompt/refuse';

/** What `providerOptions.nexttoken` takes: all of our processors and samplers, as data. */
export interface NextTokenOptions {
  /** `{ type, parameters }` each, in this order, behind those of the call's own settings. */
  readonly processors: readonly LogitsProcessor[];
  /** In place of the plain draw. */
  readonly sampler: Sampler | undefined;
  readonly minNewTokens: number | undefined;
}

const specification = 'nexttoken-sampling-1';

function stage(kind: 'processor' | 'sampler', name: string, data: unknown): LogitsProcessor | Sampler {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw refuse(`providerOptions.nexttoken.${name}`, 'it must be { type, parameters }');
  checkOptionNames(`providerOptions.nexttoken.${name}`, data, ['type', 'parameters']);
  return fromData({ specification, kind, parameters: {}, ...data });
}

/** @throws NextTokenError `unsupported-option`, `invalid-parameter`, `unknown-type` */
export function readOwnOptions(given: Readonly<Record<string, unknown>> = {}): NextTokenOptions {
  checkOptionNames('providerOptions.nexttoken', given, ['processors', 'sampler', 'minNewTokens']);
  const { processors = [], sampler, minNewTokens } = given;
  if (!Array.isArray(processors)) throw refuse('providerOptions.nexttoken.processors', 'it must be a list');
  return {
    processors: processors.map(
      (data, index) => stage('processor', `processors[${index}]`, data) as LogitsProcessor,
    ),
    sampler: sampler === undefined ? undefined : (stage('sampler', 'sampler', sampler) as Sampler),
    minNewTokens: minNewTokens as number | undefined,
  };
}
