import { NextTokenError } from '@nexttoken/model';

/** Typed access to a config's fields; what is absent or `null` counts as not given. */
export interface ConfigReader {
  readonly path: string;
  value(field: string): unknown;
  /** An integer in [1, 2^31). Without a fallback the field is required. */
  positiveInteger(field: string, fallback?: number): number;
  /** A finite number above 0. */
  positiveNumber(field: string, fallback?: number): number;
  boolean(field: string, fallback: boolean): boolean;
  /** The error for a value that contradicts something. */
  invalid(field: string, expected: string): NextTokenError;
  /** The error for a value that is legal but that nothing here can compute. */
  unsupported(field: string, supported: string): NextTokenError;
}

/** @param path the file, for errors */
export function configReader(fields: Readonly<Record<string, unknown>>, path: string): ConfigReader {
  const value = (field: string): unknown =>
    (Object.hasOwn(fields, field) ? fields[field] : undefined) ?? undefined;
  const details = (field: string) => ({ path, field, option: field, value: printable(value(field)) });
  const shown = (field: string) => JSON.stringify(printable(value(field))) ?? 'nothing';

  const invalid = (field: string, expected: string) =>
    new NextTokenError('invalid-config', `${path}: ${field} must be ${expected}, got ${shown(field)}`, {
      ...details(field),
      expected,
    });

  function checked(
    field: string,
    fallback: number | undefined,
    legal: (v: number) => boolean,
    expected: string,
  ) {
    const found = value(field) ?? fallback;
    if (typeof found !== 'number' || !legal(found)) throw invalid(field, expected);
    return found;
  }

  return {
    path,
    value,
    invalid,
    unsupported: (field, supported) =>
      new NextTokenError(
        'unsupported-option',
        `${path}: ${field} is ${shown(field)}, which is not supported (supported: ${supported})`,
        { ...details(field), supported },
      ),
    positiveInteger: (field, fallback) =>
      checked(
        field,
        fallback,
        (v) => Number.isInteger(v) && v >= 1 && v < 2 ** 31,
        'an integer of at least 1',
      ),
    positiveNumber: (field, fallback) =>
      checked(field, fallback, (v) => Number.isFinite(v) && v > 0, 'a number above 0'),
    boolean(field, fallback) {
      const found = value(field) ?? fallback;
      if (typeof found !== 'boolean') throw invalid(field, 'true or false');
      return found;
    },
  };
}

/** What fits in an error: plain data, cut short. */
function printable(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return value.length > 200 ? `${value.slice(0, 200)}…` : value;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).slice(0, 20);
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      typeof inner === 'object' && inner !== null ? '…' : printable(inner),
    ]),
  );
}
