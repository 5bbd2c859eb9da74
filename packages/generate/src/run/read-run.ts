import { NextTokenError } from '@nexttoken/model';
import type { RunRecord } from './run-record';

const isIds = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((id) => Number.isInteger(id) && id >= 0);

function check(legal: boolean, field: string): void {
  if (!legal)
    throw new NextTokenError('invalid-run', `this is no run: ${field} is not what it should be`, { field });
}

/**
 * Reads a saved run.
 * @param saved JSON text, or what it was parsed to
 * @throws NextTokenError `invalid-run` for another format or version, or a field that does not fit; details: field
 */
export function readRun(saved: string | object): RunRecord {
  let record: Partial<RunRecord>;
  try {
    record = typeof saved === 'string' ? JSON.parse(saved) : saved;
  } catch (error) {
    throw new NextTokenError(
      'invalid-run',
      'this is no run: it is no JSON',
      { field: 'format' },
      { cause: error },
    );
  }
  check(record?.format === 'nexttoken-run-1', 'format');
  check(Number.isInteger(record.model?.vocabSize), 'model');
  check(isIds(record.promptIds) && record.promptIds.length > 0, 'promptIds');
  check(isIds(record.ids), 'ids');
  const { ids, draws, steps, segments } = record as RunRecord;
  check(Array.isArray(draws) && draws.length === ids.length, 'draws');
  check(Array.isArray(steps) && steps.length === ids.length, 'steps');
  check(Array.isArray(segments) && segments[0]?.start === 0, 'segments');
  for (const [index, segment] of segments.entries()) {
    const { start, processors, sampler, random } = segment;
    const ordered = start >= (segments[index - 1]?.start ?? 0) && start <= ids.length;
    check(Number.isInteger(start) && ordered, `segments[${index}].start`);
    check(Array.isArray(processors), `segments[${index}].processors`);
    check(typeof sampler?.type === 'string', `segments[${index}].sampler`);
    check(typeof random?.algorithm === 'string', `segments[${index}].random`);
  }
  return record as RunRecord;
}
