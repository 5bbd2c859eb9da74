import { characterSet } from '../characters/character-set';
import {
  choice,
  type Expression,
  literal,
  nothing,
  oneOf,
  optional,
  repeat,
  sequence,
  set,
} from '../expression/expression';
import { integersBetween } from './digit-ranges';
import type { SchemaPart } from './json-schema';
import { refuseKeyword } from './schema-error';

/** The largest integer that is told apart from its neighbours. */
const largestInteger = BigInt(Number.MAX_SAFE_INTEGER);
/** Decimal digits that every number keeps. */
const digits = 15;
/** Digits before the point where one side has no bound. */
const openDigits = 9;
const mostMultiples = 1000n;

const digit = set(characterSet([0x30, 0x39]));
const whole = choice(literal('0'), sequence(set(characterSet([0x31, 0x39])), repeat(digit, 0, digits - 1)));
const exponent = sequence(oneOf('eE'), optional(oneOf('+-')), repeat(digit, 1, 2));

/** Any number: at most 15 digits before the point and behind it, exponents of at most two digits. */
export const anyNumber: Expression = sequence(
  optional(literal('-')),
  whole,
  optional(sequence(literal('.'), repeat(digit, 1, digits))),
  optional(exponent),
);
/** Any integer of at most 15 digits. */
const anyInteger: Expression = choice(
  literal('0'),
  sequence(optional(literal('-')), set(characterSet([0x31, 0x39])), repeat(digit, 0, digits - 1)),
);

/** A bound as an exact decimal `units / 10^scale`. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

function decimalOf(value: number): Decimal {
  const [, sign, integer, fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(
    String(value),
  )!;
  const scale = fraction.length - Number(power);
  const units = BigInt(`${sign}${integer}${fraction}`);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

const floorDivide = (a: bigint, b: bigint): bigint => a / b - (a % b !== 0n && a < 0n ? 1n : 0n);

/** The bound in units of 10^-scale, rounded inwards. */
function atScale({ units, scale }: Decimal, to: number, upper: boolean, exclusive: boolean): bigint {
  const factor = 10n ** BigInt(Math.abs(to - scale));
  const exact = to >= scale;
  const floor = exact ? units * factor : floorDivide(units, factor);
  const isBound = exact || floor * factor === units;
  if (upper) return isBound && exclusive ? floor - 1n : floor;
  if (!isBound) return floor + 1n;
  return exclusive ? floor + 1n : floor;
}

interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
}

function boundOf(parts: readonly SchemaPart[], upper: boolean): Bound | undefined {
  const [inclusive, exclusive] = upper ? ['maximum', 'exclusiveMaximum'] : ['minimum', 'exclusiveMinimum'];
  let bound: Bound | undefined;
  for (const { schema, pointer } of parts) {
    for (const keyword of [inclusive!, exclusive!]) {
      const value = schema[keyword];
      if (value === undefined) continue;
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw refuseKeyword(keyword, pointer, 'must be a number');
      const candidate = { value, exclusive: keyword === exclusive };
      const narrows = !bound || (upper ? value < bound.value : value > bound.value);
      if (narrows || (value === bound!.value && candidate.exclusive)) bound = candidate;
    }
  }
  return bound;
}

/** The numbers `units / 10^scale` between two bounds, written with exactly `scale` digits behind the point. */
function decimalsBetween(low: bigint, high: bigint, scale: number): Expression {
  const parts: Expression[] = [];
  const write = (from: bigint, to: bigint): Expression =>
    scale === 0 ? integersBetween(from, to) : withPoint(from, to, scale);
  if (low < 0n) {
    const from = high < 0n ? -high : 1n;
    if (from <= -low) parts.push(sequence(literal('-'), write(from, -low)));
  }
  if (high >= 0n) parts.push(write(low > 0n ? low : 0n, high));
  return parts.length === 0 ? nothing : choice(...parts);
}

/** As above for `0 <= from <= to`: whole numbers in between are free, the two ends have bounds behind the point. */
function withPoint(from: bigint, to: bigint, scale: number): Expression {
  const unit = 10n ** BigInt(scale);
  const [first, last] = [from / unit, to / unit];
  const fraction = (low: bigint, high: bigint): Expression =>
    sequence(literal('.'), integersBetween(low, high, scale));
  if (first === last) return sequence(literal(first.toString()), fraction(from % unit, to % unit));
  const parts = [sequence(literal(first.toString()), fraction(from % unit, unit - 1n))];
  if (first + 1n <= last - 1n) {
    parts.push(sequence(integersBetween(first + 1n, last - 1n), literal('.'), repeat(digit, scale, scale)));
  }
  parts.push(sequence(literal(last.toString()), fraction(0n, to % unit)));
  return choice(...parts);
}

function multipleOf(
  parts: readonly SchemaPart[],
  integer: boolean,
): { step: bigint; part: SchemaPart } | undefined {
  let found: { step: bigint; part: SchemaPart } | undefined;
  for (const part of parts) {
    const step = part.schema.multipleOf;
    if (step === undefined) continue;
    if (typeof step !== 'number' || !(step > 0))
      throw refuseKeyword('multipleOf', part.pointer, 'must be a number > 0');
    if (!Number.isSafeInteger(step)) {
      if (integer && Number.isSafeInteger(1 / step)) continue;
      throw refuseKeyword('multipleOf', part.pointer, 'only integers are supported');
    }
    if (found && found.step % BigInt(step) !== 0n && BigInt(step) % found.step !== 0n) {
      throw refuseKeyword(
        'multipleOf',
        part.pointer,
        'several steps are supported where one is a multiple of the other',
      );
    }
    found = !found || BigInt(step) > found.step ? { step: BigInt(step), part } : found;
  }
  return found;
}

function multiplesBetween(low: bigint, high: bigint, step: bigint, part: SchemaPart): Expression {
  const first = -floorDivide(-low, step);
  const last = floorDivide(high, step);
  if (last - first >= mostMultiples) {
    throw refuseKeyword(
      'multipleOf',
      part.pointer,
      `needs bounds that at most ${mostMultiples} multiples lie between`,
    );
  }
  const values: Expression[] = [];
  for (let value = first; value <= last; value++) values.push(literal((value * step).toString()));
  return values.length === 0 ? nothing : choice(...values);
}

/**
 * The numbers that the keywords of all parts allow, as JSON writes them. Integers have no point and no exponent; numbers
 * with bounds have at most six digits behind the point (more where a bound has more, as far as 15 digits reach) and no
 * exponent, so that what is read back keeps the bounds. `-0` is not written.
 * @throws NextTokenError `unsupported-schema`
 */
export function numberExpression(parts: readonly SchemaPart[], integer: boolean): Expression {
  const [low, high] = [boundOf(parts, false), boundOf(parts, true)];
  const multiple = multipleOf(parts, integer);
  const onlyIntegers = integer || multiple !== undefined;
  if (!low && !high && !multiple) return integer ? anyInteger : anyNumber;
  const lowest = low ? decimalOf(low.value) : { units: -largestInteger, scale: 0 };
  const highest = high ? decimalOf(high.value) : { units: largestInteger, scale: 0 };
  const clamp = (value: bigint): bigint =>
    value > largestInteger ? largestInteger : value < -largestInteger ? -largestInteger : value;
  const from = atScale(lowest, 0, false, low?.exclusive ?? false);
  const to = atScale(highest, 0, true, high?.exclusive ?? false);
  if (from > largestInteger || to < -largestInteger) {
    const part = parts.find(
      ({ schema }) => schema.minimum ?? schema.maximum ?? schema.exclusiveMinimum ?? schema.exclusiveMaximum,
    )!;
    const keyword = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].find(
      (name) => part.schema[name] !== undefined,
    )!;
    throw refuseKeyword(keyword, part.pointer, 'numbers beyond 2^53 are not supported');
  }
  if (multiple) return multiplesBetween(clamp(from), clamp(to), multiple.step, multiple.part);
  const integers = clamp(from) > clamp(to) ? nothing : decimalsBetween(clamp(from), clamp(to), 0);
  if (onlyIntegers) return integers;
  const digitsOf = (bound: Bound | undefined): number =>
    bound ? BigInt(Math.trunc(Math.abs(bound.value))).toString().length : openDigits;
  const width = Math.max(digitsOf(low), digitsOf(high));
  const wanted = Math.max(6, ...[low, high].map((bound) => (bound ? decimalOf(bound.value).scale : 0)));
  const scales = Math.max(0, Math.min(wanted, digits - width));
  const outermost = 10n ** BigInt(Math.min(width, digits)) - 1n;
  const all: Expression[] = [integers];
  for (let scale = 1; scale <= scales; scale++) {
    const unit = 10n ** BigInt(scale);
    const begin = low ? atScale(lowest, scale, false, low.exclusive) : -outermost * unit;
    const end = high ? atScale(highest, scale, true, high.exclusive) : outermost * unit;
    if (begin <= end) all.push(decimalsBetween(begin, end, scale));
  }
  return choice(...all);
}
