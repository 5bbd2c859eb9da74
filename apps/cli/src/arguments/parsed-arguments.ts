import { invalidParameter } from '@nexttoken/model';
import type { FlagName } from './flags';

/** Numbers that a flag takes. */
export interface NumberRange {
  readonly integer?: boolean;
  /** The value must be greater. */
  readonly above?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Said when the value is refused. */
  readonly hint?: string;
}

/** The flags and words of one call, read with checks. */
export class ParsedArguments {
  readonly words: readonly string[];
  readonly #values: ReadonlyMap<string, readonly (string | true)[]>;

  constructor(values: ReadonlyMap<string, readonly (string | true)[]>, words: readonly string[]) {
    this.#values = values;
    this.words = words;
  }

  /** The same flags with other words, e.g. those behind a subcommand's name. */
  withWords(words: readonly string[]): ParsedArguments {
    return new ParsedArguments(this.#values, words);
  }

  has(flag: FlagName): boolean {
    return this.#values.has(flag);
  }

  text(flag: FlagName): string | undefined {
    return this.texts(flag)[0];
  }

  texts(flag: FlagName): readonly string[] {
    return (this.#values.get(flag) ?? []).filter((value) => value !== true);
  }

  /** @throws NextTokenError `invalid-parameter` for what is no number in the range */
  number(flag: FlagName, range: NumberRange = {}): number | undefined {
    const text = this.text(flag);
    return text === undefined ? undefined : checkedNumber(flag, text, range);
  }

  /** Token ids, separated by commas or spaces. */
  ids(flag: FlagName): readonly number[] | undefined {
    const text = this.text(flag);
    if (text === undefined) return undefined;
    const parts = text.split(/[\s,]+/).filter((part) => part !== '');
    return parts.map((part) => checkedNumber(flag, part, { integer: true, minimum: 0 }));
  }
}

function checkedNumber(flag: FlagName, text: string, range: NumberRange): number {
  const {
    integer = false,
    above,
    minimum = Number.NEGATIVE_INFINITY,
    maximum = Number.POSITIVE_INFINITY,
  } = range;
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  const kind = integer ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (kind && value >= minimum && value <= maximum && (above === undefined || value > above)) return value;
  const bounds = [
    above !== undefined && `> ${above}`,
    minimum > Number.NEGATIVE_INFINITY && `>= ${minimum}`,
    maximum < Number.POSITIVE_INFINITY && `<= ${maximum}`,
  ].filter((bound) => bound !== false);
  const expected = `${integer ? 'an integer' : 'a number'} ${bounds.join(' and ')}`.trim();
  throw invalidParameter('nexttoken', `--${flag}`, text, expected + (range.hint ? ` (${range.hint})` : ''));
}
