import { nearestName } from '@nexttoken/model';
import { ApiError } from '../http/api-error';

export interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * Reads the fields of a JSON object with checks; `null` is the same as absent. Afterwards `end()` refuses every field
 * that nobody read: nothing is accepted and ignored.
 */
export class Fields {
  readonly #known = new Set<string>();

  constructor(
    readonly values: Readonly<Record<string, unknown>>,
    /** What stands before the names in errors, e.g. `stream_options.`. */
    readonly prefix = '',
  ) {}

  /** The value as it is; `undefined` where it is absent. */
  raw(name: string): unknown {
    this.#known.add(name);
    return Object.hasOwn(this.values, name) ? (this.values[name] ?? undefined) : undefined;
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  boolean(name: string): boolean {
    const value = this.raw(name) ?? false;
    if (typeof value === 'boolean') return value;
    throw this.wrong(name, 'true or false');
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.wrong(name, 'a text');
  }

  integer(
    name: string,
    { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: NumberLimits = {},
  ) {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum)
      return value as number;
    const range =
      maximum < Number.MAX_SAFE_INTEGER ? `from ${minimum} to ${maximum}` : `of at least ${minimum}`;
    throw this.wrong(name, `an integer ${range}`);
  }

  number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined || Number.isFinite(value)) return value as number | undefined;
    throw this.wrong(name, 'a number');
  }

  /** One text or a list of them, as a list. */
  texts(name: string, most: number): readonly string[] {
    const value = this.raw(name);
    const list: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
    if (list.length > most) throw this.wrong(name, `at most ${most} texts`);
    if (list.every((item) => typeof item === 'string' && item !== '')) return list as readonly string[];
    throw this.wrong(name, 'a text or a list of texts, none empty');
  }

  /** A list of integers that are at least 0 and below `limit`. */
  ids(name: string, limit: number): readonly number[] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const isId = (item: unknown): boolean =>
      Number.isInteger(item) && (item as number) >= 0 && (item as number) < limit;
    if (Array.isArray(value) && value.every(isId)) return value as readonly number[];
    throw this.wrong(name, `a list of token ids, integers from 0 to ${limit - 1}`);
  }

  /** An object's fields. */
  object(name: string): Fields | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return new Fields(value as Readonly<Record<string, unknown>>, `${this.prefix}${name}.`);
    throw this.wrong(name, 'an object');
  }

  /** Takes a field that changes nothing at these values, and refuses it at others. */
  harmless(name: string, reason: string, ...values: readonly unknown[]): void {
    const value = this.raw(name);
    if (value === undefined || values.includes(value)) return;
    if (Array.isArray(value) && value.length === 0) return;
    throw new ApiError(400, `${this.prefix}${name} cannot be honoured: ${reason}`, {
      param: this.prefix + name,
      code: 'unsupported_parameter',
    });
  }

  /** The error for a value that a field cannot have. */
  wrong(name: string, expected: string): ApiError {
    const path = this.prefix + name;
    return new ApiError(400, `${path} must be ${expected}`, { param: path, code: 'invalid_value' });
  }

  /** @throws ApiError 400 for the first field that nobody read */
  end(): void {
    const unknown = Object.keys(this.values).find((name) => !this.#known.has(name));
    if (unknown === undefined) return;
    const nearest = nearestName(unknown.slice(0, 100), [...this.#known]);
    const hint = nearest === undefined ? '' : `; did you mean ${this.prefix}${nearest}?`;
    const path = `${this.prefix}${unknown}`.slice(0, 100);
    throw new ApiError(400, `unknown field ${path}${hint}`, { param: path, code: 'unknown_parameter' });
  }
}
