import { invalidParameter, NextTokenError, unknownOption } from '@nexttoken/model';
import {
  aliases,
  biasKeys,
  llamaCppLoopKeys,
  llamaCppOwner,
  llamaCppRestKeys,
  refusedLlamaCppKeys,
  samplingKeys,
} from './llama-cpp-keys';

const knownKeys = (): readonly string[] => [
  ...samplingKeys(),
  'mirostat',
  ...biasKeys,
  ...llamaCppLoopKeys,
  ...Object.keys(aliases),
  ...llamaCppRestKeys,
  ...Object.keys(refusedLlamaCppKeys),
];

/** Empty lists, null and absent keys ask for nothing. */
const asksForNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

function checkKey(key: string, value: unknown): void {
  const known = knownKeys();
  if (!known.includes(key)) throw unknownOption(llamaCppOwner, key, known);
  const refused = refusedLlamaCppKeys[key];
  if (refused === undefined || asksForNothing(value) || refused.harmless?.includes(value)) return;
  throw new NextTokenError(
    'unsupported-option',
    `${llamaCppOwner}: ${key} cannot be honoured: ${refused.reason}`,
    { owner: llamaCppOwner, option: key, reason: refused.reason },
  );
}

/** Checked reading of the parameters; an absent key gives its default. */
export interface LlamaCppReader {
  /** The keys that were given, under their first names. */
  readonly given: readonly string[];
  readonly raw: (key: string) => unknown;
  readonly number: (key: string, otherwise: number) => number;
  readonly integer: (key: string, otherwise: number, minimum?: number) => number;
  readonly boolean: (key: string) => boolean;
}

/** @throws NextTokenError `unsupported-option` for a key that is unknown or refused, `invalid-parameter` */
export function llamaCppReader(parameters: Readonly<Record<string, unknown>>): LlamaCppReader {
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(parameters)) {
    checkKey(key, value);
    if (value === undefined || value === null) continue;
    const name = aliases[key] ?? key;
    if (values.has(name) && values.get(name) !== value) {
      throw invalidParameter(llamaCppOwner, key, value, `the same as ${name}, or left out`);
    }
    values.set(name, value);
  }
  const refuse = (key: string, expected: string) =>
    invalidParameter(llamaCppOwner, key, values.get(key), expected);
  return {
    given: [...values.keys()],
    raw: (key) => values.get(key),
    number(key, otherwise) {
      const value = values.get(key) ?? otherwise;
      if (!Number.isFinite(value)) throw refuse(key, 'a finite number');
      return value as number;
    },
    integer(key, otherwise, minimum = Number.NEGATIVE_INFINITY) {
      const value = values.get(key) ?? otherwise;
      if (Number.isInteger(value) && (value as number) >= minimum) return value as number;
      throw refuse(key, Number.isFinite(minimum) ? `an integer >= ${minimum}` : 'an integer');
    },
    boolean(key) {
      const value = values.get(key) ?? false;
      if (typeof value !== 'boolean') throw refuse(key, 'true or false');
      return value;
    },
  };
}
