import { invalidParameter } from '@nexttoken/model';

/** Reads a part of a chain: what the decoder does with a value that has a `kind`. */
export type DecodeStage = (stage: Readonly<Record<string, unknown>>, path: string) => unknown;

/** The numbers that JSON does not have, as `Number` reads them. */
const numberNames = ['-Infinity', 'Infinity', 'NaN', '-0'];

/** The inverse of `encodeValue`. */
export function decodeValue(value: unknown, path: string, decodeStage: DecodeStage): unknown {
  if (Array.isArray(value)) return value.map((item, i) => decodeValue(item, `${path}[${i}]`, decodeStage));
  if (typeof value !== 'object' || value === null) return value;
  if ('$number' in value) {
    const name = value.$number;
    if (numberNames.includes(name as string) && Object.keys(value).length === 1) return Number(name);
    throw invalidParameter('fromData', `${path}.$number`, name, numberNames.join(', '));
  }
  if ('kind' in value) return decodeStage(value as Readonly<Record<string, unknown>>, path);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, decodeValue(item, `${path}.${name}`, decodeStage)]),
  );
}
