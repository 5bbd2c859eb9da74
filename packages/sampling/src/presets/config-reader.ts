import { invalidParameter, NextTokenError } from '@nexttoken/model';

/** The owner of every error about a config. */
export const configOwner = 'fromGenerationConfig';

/** The error for a key with a value that it cannot have. */
export function illegalKey(key: string, value: unknown, expected: string): NextTokenError {
  return invalidParameter(configOwner, key, value, expected);
}

/** Checked reading of a config's keys; `undefined` where a key is absent or null. */
export interface ConfigReader {
  readonly raw: (key: string) => unknown;
  readonly boolean: (key: string) => boolean;
  /** An integer of at least `minimum`. */
  readonly integer: (key: string, minimum: number) => number | undefined;
  /** A number above or at `minimum`, finite. */
  readonly number: (key: string, minimum?: number) => number | undefined;
  /** One value or a list of them, as a list; empty where the key is absent. */
  readonly list: <Item>(
    key: string,
    isItem: (item: unknown) => item is Item,
    expected: string,
  ) => readonly Item[];
  /** Makes something of a key's value; the error of a factory is told under the key's name. */
  readonly make: <Made>(key: string, create: () => Made) => Made;
}

export const isTokenId = (item: unknown): item is number => Number.isInteger(item) && (item as number) >= 0;

export function configReader(config: Readonly<Record<string, unknown>>): ConfigReader {
  const raw = (key: string) => config[key] ?? undefined;
  return {
    raw,
    boolean(key) {
      const value = raw(key) ?? false;
      if (typeof value !== 'boolean') throw illegalKey(key, value, 'true or false');
      return value;
    },
    integer(key, minimum) {
      const value = raw(key);
      if (value === undefined || (Number.isInteger(value) && (value as number) >= minimum)) {
        return value as number | undefined;
      }
      throw illegalKey(key, value, `an integer >= ${minimum}`);
    },
    number(key, minimum = Number.NEGATIVE_INFINITY) {
      const value = raw(key);
      if (value === undefined || (Number.isFinite(value) && (value as number) >= minimum)) {
        return value as number | undefined;
      }
      throw illegalKey(
        key,
        value,
        minimum > Number.NEGATIVE_INFINITY ? `a number >= ${minimum}` : 'a finite number',
      );
    },
    list(key, isItem, expected) {
      const value = raw(key);
      const items: readonly unknown[] = value === undefined ? [] : [value].flat();
      if (!items.every(isItem)) throw illegalKey(key, value, expected);
      return items;
    },
    make(key, create) {
      try {
        return create();
      } catch (error) {
        if (!NextTokenError.isInstance(error) || error.code !== 'invalid-parameter') throw error;
        const { parameter, value, expected } = error.details;
        throw new NextTokenError('invalid-parameter', `${configOwner}: ${key}: ${error.message}`, {
          owner: configOwner,
          parameter: key,
          value,
          expected: `${parameter}: ${expected}`,
        });
      }
    },
  };
}
