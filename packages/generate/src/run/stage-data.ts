import { type LogitsProcessor, NextTokenError, type Sampler } from '@nexttoken/model';
import * as sampling from '@nexttoken/sampling';
import type { StageData } from './run-record';

type Factory = (...parameters: readonly unknown[]) => LogitsProcessor | Sampler;

/** Numbers that JSON lacks, and functions, which no data can hold. */
function plain(value: unknown): unknown {
  if (typeof value === 'function') return { function: true };
  if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, plain);
  if (Array.isArray(value)) return value.map(plain);
  const stage = value as Partial<LogitsProcessor>;
  if (stage.kind === 'processor' || stage.kind === 'sampler') return stageData(stage as LogitsProcessor);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]));
}

function unplain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(unplain);
  const { number } = value as { number?: unknown };
  if (typeof number === 'string') return Number(number);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, unplain(entry)]));
}

/** A processor or sampler as data. */
export function stageData({ type, parameters }: LogitsProcessor | Sampler): StageData {
  return { type, parameters: plain(parameters) as StageData['parameters'] };
}

const same = (a: StageData, b: StageData): boolean => JSON.stringify(a) === JSON.stringify(b);

function build(
  factory: Factory,
  parameters: Readonly<Record<string, unknown>>,
): (LogitsProcessor | Sampler)[] {
  const [first, ...names] = Object.keys(parameters);
  const rest = Object.fromEntries(names.map((name) => [name, parameters[name]]));
  // Factories take what they are about first and the rest as options, or all of it as options.
  const calls = [[], [parameters[first ?? '']], [parameters[first ?? ''], rest], [parameters]];
  return calls.flatMap((list) => {
    try {
      return [factory(...list)];
    } catch {
      return [];
    }
  });
}

/**
 * The processor or sampler that data of `@nexttoken/sampling` describe: one whose own data are exactly these.
 * @throws NextTokenError `invalid-run` for data of another package's, or with functions; details: field, type
 */
export function restoreStage(data: StageData): LogitsProcessor | Sampler {
  const { type, parameters } = data;
  if (type === 'chain' && Array.isArray(parameters.processors)) {
    const parts = (parameters.processors as StageData[]).map(restoreStage);
    return sampling.chain(...(parts as LogitsProcessor[]));
  }
  const factory = (sampling as unknown as Readonly<Record<string, Factory | undefined>>)[type];
  const made =
    typeof factory === 'function' ? build(factory, unplain(parameters) as Record<string, unknown>) : [];
  const found = made.find((stage) => stage?.type === type && same(stageData(stage), data));
  if (found) return found;
  throw new NextTokenError('invalid-run', `the stage "${type}" cannot be made from its data: hand it in`, {
    field: 'segments',
    type,
  });
}
