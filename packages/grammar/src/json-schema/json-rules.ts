import { allCharacters } from '../characters/character-set';
import { choice, type Expression, literal, reference, repeat, sequence, set } from '../expression/expression';
import { jsonQuoted } from '../expression/json-quoted';
import type { Layout } from './json-schema';
import { anyNumber } from './number-expression';

/** A text between its quotes. */
export const quoted = (text: Expression): Expression =>
  sequence(literal('"'), jsonQuoted(text), literal('"'));

/** Parts with a separator between them, none of them too. */
const separated = (part: Expression, separator: string): Expression =>
  choice(literal(''), sequence(part, repeat(sequence(literal(separator), part), 0)));

/** The rules of any JSON value, in a layout. Their names are what "the rule in force" shows. */
export function jsonRules({ comma, colon }: Layout): ReadonlyMap<string, Expression> {
  const pair = sequence(reference('string'), literal(colon), reference('value'));
  return new Map<string, Expression>([
    [
      'value',
      choice(
        reference('object'),
        reference('array'),
        reference('string'),
        reference('number'),
        ...['true', 'false', 'null'].map(literal),
      ),
    ],
    ['object', sequence(literal('{'), separated(pair, comma), literal('}'))],
    ['array', sequence(literal('['), separated(reference('value'), comma), literal(']'))],
    ['string', quoted(repeat(set(allCharacters), 0))],
    ['number', anyNumber],
  ]);
}

/** A value as the layout spells it. */
export function spell(value: unknown, layout: Layout): string {
  const { comma, colon } = layout;
  if (Array.isArray(value)) return `[${value.map((entry) => spell(entry, layout)).join(comma)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(
    ([name, entry]) => `${JSON.stringify(name)}${colon}${spell(entry, layout)}`,
  );
  return `{${pairs.join(comma)}}`;
}
