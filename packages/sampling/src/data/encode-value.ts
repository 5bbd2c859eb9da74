import { invalidParameter } from '@nexttoken/model';

/** Writes a part of a chain: what the encoder does with a value that has a `kind`. */
export type EncodeStage = (stage: object) => unknown;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * A value as plain JSON. Numbers that JSON does not have are `{ $number: '-Infinity' }`.
 * @param path where it stands, for the error
 * @throws NextTokenError `invalid-parameter` for functions and everything else that is no plain data
 */
export function encodeValue(value: unknown, path: string, encodeStage: EncodeStage): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return { $number: '-0' };
    return Number.isFinite(value) ? value : { $number: String(value) };
  }
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return Array.from(value as ArrayLike<unknown>, (item, i) =>
      encodeValue(item, `${path}[${i}]`, encodeStage),
    );
  }
  if (typeof value === 'object' && 'kind' in value && 'type' in value) return encodeStage(value);
  if (typeof value === 'object' && isPlain(value) && !('$number' in value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(
      entries.map(([name, item]) => [name, encodeValue(item, `${path}.${name}`, encodeStage)]),
    );
  }
  const shown = typeof value === 'function' ? 'a function' : value;
  throw invalidParameter(
    'toData',
    path,
    shown,
    'plain data (or its type registered with a toData of its own)',
  );
}
