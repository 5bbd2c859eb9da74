import { NextTokenError, type NextTokenErrorCode } from '@nexttoken/model';

type JsonObject = Readonly<Record<string, unknown>>;

/** A part of a file that is being read: knows where it is, to say so when something is wrong. */
export interface JsonPart {
  readonly value: JsonObject;
  /** The error for `field` of this part. */
  error(field: string, problem: string): NextTokenError;
  part(field: string): JsonPart;
  optionalPart(field: string): JsonPart | undefined;
  parts(field: string): JsonPart[];
  string(field: string, otherwise?: string): string;
  number(field: string, otherwise?: number): number;
  flag(field: string, otherwise: boolean): boolean;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param path the file's name for errors, e.g. `tokenizer.json`
 * @param field where in the file `value` stands; empty for all of it
 */
export function readJson(value: unknown, path: string, code: NextTokenErrorCode, field = ''): JsonPart {
  const at = (name: string) => (field === '' ? name : `${field}.${name}`);
  const fail = (where: string, problem: string) =>
    new NextTokenError(code, `${path}: ${where === '' ? 'it' : where} ${problem}`, { path, field: where });
  if (!isObject(value)) throw fail(field, `must be an object, got ${value === null ? 'null' : typeof value}`);
  const error = (name: string, problem: string) => fail(at(name), problem);
  const part = (name: string) => readJson(value[name], path, code, at(name));
  const scalar = <T>(name: string, type: string, otherwise: T | undefined): T => {
    const found = value[name] ?? otherwise;
    if (typeof found !== type)
      throw error(name, `must be a ${type}, got ${JSON.stringify(found) ?? 'nothing'}`);
    return found as T;
  };
  return {
    value,
    error,
    part,
    optionalPart: (name) => (value[name] === undefined || value[name] === null ? undefined : part(name)),
    parts(name) {
      const list = value[name] ?? [];
      if (!Array.isArray(list)) throw error(name, 'must be a list');
      return list.map((item: unknown, index) => readJson(item, path, code, `${at(name)}[${index}]`));
    },
    string: (name, otherwise) => scalar(name, 'string', otherwise),
    number: (name, otherwise) => scalar(name, 'number', otherwise),
    flag: (name, otherwise) => scalar(name, 'boolean', otherwise),
  };
}
