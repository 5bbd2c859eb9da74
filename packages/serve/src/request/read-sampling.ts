import type { LogitsProcessor, Sampler, Tokenizer } from '@nexttoken/model';
import { fromData } from '@nexttoken/sampling';
import { ApiError } from '../http/api-error';
import type { Fields } from './fields';
import { readSampler } from './read-sampler';
import { penaltyStages } from './stages/penalty-stages';
import { ruleStages } from './stages/rule-stages';
import { type StageReader, stageReader } from './stages/stage-reader';
import { truncationStages } from './stages/truncation-stages';

/** What the fields are about. */
export interface SamplingContext {
  readonly tokenizer: Tokenizer;
  readonly vocabSize: number;
  readonly endTokenIds: readonly number[];
  readonly maxNewTokens: number;
}

/** How tokens are chosen. */
export interface Sampling {
  // biome-ignore lint/suspicious/noExplicitAny: a state is its owner's affair
  readonly processors: readonly LogitsProcessor<any>[];
  readonly sampler: Sampler;
}

/** One stage of a chain of our own, `{ type, parameters }`. */
function readStage(read: StageReader, name: string, kind: 'processor' | 'sampler', value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw read.fields.wrong(name, 'an object { type, parameters }');
  const { type, parameters = {}, ...others } = value as Readonly<Record<string, unknown>>;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new ApiError(400, `unknown field ${name}.${other.slice(0, 100)}`, {
      param: name,
      code: 'unknown_parameter',
    });
  return read.make(name, () => fromData({ specification: 'nexttoken-sampling-1', kind, type, parameters }));
}

/** `processors` and `sampler`: the whole chain, in its own order. */
function ownChain(read: StageReader): Sampling {
  const { fields } = read;
  const list = fields.raw('processors') ?? [];
  if (!Array.isArray(list) || list.length > 64)
    throw fields.wrong('processors', 'a list of at most 64 objects { type, parameters }');
  const processors = list.map((stage, index) => readStage(read, `processors[${index}]`, 'processor', stage));
  const given = fields.raw('sampler') ?? { type: 'categorical' };
  const sampler = readStage(read, 'sampler', 'sampler', given);
  return { processors: processors as LogitsProcessor[], sampler: sampler as Sampler };
}

/**
 * How the fields of a request choose tokens. Either `processors` and `sampler` say all, in their order; or one field
 * a stage, in the order of Hugging Face's transformers, with llama.cpp's stages among them: guidance, biases,
 * penalties, rules, then temperature, top-n-sigma, top-h, top-k, top-p, min-p, typical-p, epsilon, eta, xtc.
 * Default: the model's own distribution. `temperature: 0` takes the best token.
 * @throws ApiError 400 that names the field
 */
export function readSampling(fields: Fields, context: SamplingContext): Sampling {
  const read = stageReader(fields);
  const own = fields.has('processors') || fields.has('sampler');
  const stages = [...penaltyStages(read, context), ...ruleStages(read, context), ...truncationStages(read)];
  const sampler = readSampler(read);
  if (!own) return { processors: stages, sampler };
  if (read.given.length > 0)
    throw new ApiError(
      400,
      `${read.given[0]} and processors exclude each other: name it among the processors`,
      {
        param: read.given[0],
        code: 'invalid_value',
      },
    );
  return ownChain(read);
}
