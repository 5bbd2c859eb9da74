import { NextTokenError } from '@nexttoken/model';

/** Typed access to a config's fields; what is absent or `null` counts as not given. */
export interface ConfigReader {
  readonly path: string;
  /** The names of all fields. */
  readonly fields: readonly string[];
  value(field: string): unknown;
  /** Whether the field is there, were it `null`. */
  has(field: string): boolean;
  /** An integer in [1, 2^31). Without a fallback the field is required. */
  positiveInteger(field: string, fallback?: number): number;
  /** A finite number above 0. */
  positiveNumber(field: string, fallback?: number): number;
  /** One of some names. Without a fallback the field is required. @throws `unsupported-option` for another one */
  oneOf<Name extends string>(field: string, names: readonly Name[], fallback?: Name): Name;
  /** Finite numbers above 0, as many as said. */
  positiveNumbers(field: string, count: number): readonly number[];
  boolean(field: string, fallback: boolean): boolean;
  /** The error for a value that contradicts something. */
  invalid(field: string, expected: string): NextTokenError;
  /** The error for a value that is legal but that nothing here can compute. */
  unsupported(field: string, supported: string): NextTokenError;
}

/**
 * @param path the file, for errors
 * @param prefix what stands before the fields' names in errors, for an object within the file, e.g. `rope_scaling.`
 */
export function configReader(
  fields: Readonly<Record<string, unknown>>,
  path: string,
  prefix = '',
): ConfigReader {
  const value = (field: string): unknown =>
    (Object.hasOwn(fields, field) ? fields[field] : undefined) ?? undefined;
  const details = (field: string) => ({
    path,
    field: `${prefix}${field}`,
    option: `${prefix}${field}`,
    value: printable(value(field)),
  });
  const shown = (field: string) => JSON.stringify(printable(value(field))) ?? 'nothing';

  const invalid = (field: string, expected: string) =>
    new NextTokenError(
      'invalid-config',
      `${path}: ${prefix}${field} must be ${expected}, got ${shown(field)}`,
      {
        ...details(field),
        expected,
      },
    );

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

  const unsupported = (field: string, supported: string) =>
    new NextTokenError(
      'unsupported-option',
      `${path}: ${prefix}${field} is ${shown(field)}, which is not supported (supported: ${supported})`,
      { ...details(field), supported },
    );
  const isPositive = (found: unknown) => typeof found === 'number' && Number.isFinite(found) && found > 0;

  return {
    path,
    fields: Object.keys(fields),
    value,
    has: (field) => Object.hasOwn(fields, field),
    invalid,
    unsupported,
    positiveInteger: (field, fallback) =>
      checked(
        field,
        fallback,
        (v) => Number.isInteger(v) && v >= 1 && v < 2 ** 31,
        'an integer of at least 1',
      ),
    positiveNumber: (field, fallback) => checked(field, fallback, isPositive, 'a number above 0'),
    oneOf(field, names, fallback) {
      const found = value(field) ?? fallback;
      const name = names.find((each) => each === found);
      if (name === undefined) throw unsupported(field, names.join(', '));
      return name;
    },
    positiveNumbers(field, count) {
      const found = value(field);
      if (!Array.isArray(found) || found.length !== count || !found.every(isPositive))
        throw invalid(field, `${count} numbers above 0`);
      return found as number[];
    },
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
