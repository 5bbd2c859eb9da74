import { type LogitsProcessor, NextTokenError } from '@nexttoken/model';
import { ApiError } from '../../http/api-error';
import type { Fields } from '../fields';

/** Makes stages of fields, and remembers which were given. */
export interface StageReader {
  readonly fields: Fields;
  /** Fields that were given, neutral ones included. */
  readonly given: readonly string[];
  /** A stage of a field; none where it is absent or neutral. */
  stage<Value>(
    name: string,
    neutral: readonly unknown[],
    make: (value: Value) => LogitsProcessor,
    ...companions: readonly string[]
  ): LogitsProcessor[];
  /** The value of a field beside a stage's own one. */
  companion<Value>(name: string): Value | undefined;
  /** Makes something of a field's value; an error of the factory is told under the field's name. */
  make<Made>(name: string, create: () => Made): Made;
}

/** @throws ApiError 400 for companions of a stage that is not there: they would have no effect */
export function stageReader(fields: Fields): StageReader {
  const given: string[] = [];
  const note = (name: string): unknown => {
    const value = fields.raw(name);
    if (value !== undefined && !given.includes(name)) given.push(name);
    return value;
  };
  const make: StageReader['make'] = (name, create) => {
    try {
      return create();
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (!NextTokenError.isInstance(error)) throw fields.wrong(name, 'of another form');
      throw new ApiError(400, `${name}: ${error.message}`, { param: name, code: 'invalid_value' });
    }
  };
  return {
    fields,
    given,
    make,
    companion: (name) => note(name) as never,
    stage(name, neutral, create, ...companions) {
      const value = note(name);
      if (value !== undefined && !neutral.includes(value)) return [make(name, () => create(value as never))];
      const lonely = companions.find((companion) => note(companion) !== undefined);
      if (lonely === undefined) return [];
      throw new ApiError(400, `${lonely} has no effect without ${name}`, {
        param: lonely,
        code: 'invalid_value',
      });
    },
  };
}
