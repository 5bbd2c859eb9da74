import {
  choice,
  type Expression,
  empty,
  literal,
  nothing,
  optional,
  reference,
  repeat,
  sequence,
} from '../expression/expression';
import { accepts, difference } from '../language/combine';
import { toAutomaton } from '../language/to-automaton';
import { countOf, isObject } from './check-keywords';
import { both, type Conjunction, flatten, partOf } from './flatten';
import { quoted } from './json-rules';
import type { SchemaPart } from './json-schema';
import { listedValues } from './listed-values';
import { pointerTo, refuseKeyword } from './schema-error';
import type { SchemaReader } from './schema-grammar';
import { stringLanguage } from './string-language';
import { typesOf } from './types-of';

interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly value: Conjunction;
}

function propertiesOf({ schema, pointer }: SchemaPart): Readonly<Record<string, unknown>> {
  const { properties = {} } = schema;
  if (isObject(properties)) return properties;
  throw refuseKeyword('properties', pointer, 'must be an object of schemas');
}

function requiredOf({ schema, pointer }: SchemaPart): readonly string[] {
  const { required = [] } = schema;
  if (Array.isArray(required) && required.every((name) => typeof name === 'string')) return required;
  throw refuseKeyword('required', pointer, 'must be a list of names');
}

/** What a part says of properties that it does not list. */
const othersOf = ({ schema, pointer }: SchemaPart): Conjunction =>
  schema.additionalProperties === undefined
    ? []
    : partOf(schema.additionalProperties, pointerTo(pointer, 'additionalProperties'));

/** What all parts say of a property of this name. */
function propertyValue(parts: readonly SchemaPart[], name: string): Conjunction {
  return parts.reduce<Conjunction>((all, part) => {
    const properties = propertiesOf(part);
    const own = Object.hasOwn(properties, name)
      ? partOf(properties[name], pointerTo(part.pointer, 'properties', name))
      : othersOf(part);
    return both(all, own);
  }, []);
}

/** The texts that names may be; `undefined`: any. */
function nameLanguage(reader: SchemaReader, parts: readonly SchemaPart[]): Expression | undefined {
  let names: Conjunction = [];
  for (const { schema, pointer } of parts) {
    if (schema.propertyNames !== undefined) {
      names = both(names, partOf(schema.propertyNames, pointerTo(pointer, 'propertyNames')));
    }
  }
  const flat = names && flatten(reader.root, names);
  if (!flat) return nothing;
  if (flat.length === 0) return undefined;
  for (const { schema, pointer } of flat) {
    for (const keyword of ['anyOf', 'oneOf']) {
      if (schema[keyword] !== undefined)
        throw refuseKeyword(keyword, pointer, 'is not supported for names of properties');
    }
  }
  const listed = listedValues(flat, typesOf([...flat, { schema: { type: 'string' }, pointer: '#' }]));
  return listed ? choice(...listed.map((name) => literal(String(name)))) : stringLanguage(flat);
}

/** Whether further properties are written: only where a part says so, or no part lists any. */
function isOpen(parts: readonly SchemaPart[]): boolean {
  if (parts.some(({ schema }) => schema.additionalProperties !== undefined)) return true;
  return parts.every(({ schema }) => schema.properties === undefined);
}

/**
 * The objects that all parts allow: listed properties in the order in which they are listed, then further ones where
 * they are asked for (`additionalProperties`, or no `properties` at all).
 * @throws NextTokenError `unsupported-schema`
 */
export function objectExpression(
  reader: SchemaReader,
  parts: readonly SchemaPart[],
  rule: string,
): Expression {
  const { comma, colon } = reader.layout;
  const required = new Set(parts.flatMap(requiredOf));
  const names = nameLanguage(reader, parts);
  const nameAutomaton = names && toAutomaton(names);
  const listed = new Set([...parts.flatMap((part) => Object.keys(propertiesOf(part))), ...required]);
  const members: Member[] = [...listed].flatMap((name) => {
    const isLegal = !nameAutomaton || accepts(nameAutomaton, name);
    const value = isLegal ? propertyValue(parts, name) : undefined;
    return value || required.has(name) ? [{ name, required: required.has(name), value }] : [];
  });
  const others = isOpen(parts)
    ? parts.reduce<Conjunction>((all, part) => both(all, othersOf(part)), [])
    : undefined;
  const minimum = Math.max(0, ...parts.map((part) => countOf(part, 'minProperties') ?? 0));
  const maximum = Math.min(
    ...parts.map((part) => countOf(part, 'maxProperties') ?? Number.POSITIVE_INFINITY),
  );
  checkCounts(parts, {
    minimum,
    maximum,
    required: required.size,
    members: members.length,
    isOpen: others !== undefined,
  });
  if (maximum < required.size) return nothing;

  const write = ({ name, value }: Member): Expression =>
    sequence(literal(`${JSON.stringify(name)}${colon}`), reader.ruleOf(value));
  const furtherPair = (): Expression => {
    const free = names ?? stringLanguage([]);
    const key =
      listed.size === 0
        ? free
        : {
            type: 'automaton' as const,
            automaton: difference(toAutomaton(free), toAutomaton(choice(...[...listed].map(literal)))),
          };
    return sequence(quoted(key), literal(colon), reader.ruleOf(others));
  };
  const further = others ? furtherPair() : undefined;
  const count = maximum - required.size;
  /** What may follow once something was written, from a member on. */
  const behindNames = members.map(() => reader.partName(rule)).concat(reader.partName(rule));
  const behind = (index: number): Expression => {
    const name = behindNames[index]!;
    if (!reader.rules.has(name)) {
      const member = members[index];
      const next = member ? sequence(literal(comma), write(member)) : undefined;
      const end = further ? repeat(sequence(literal(comma), further), 0, count) : empty;
      reader.rules.set(
        name,
        next ? sequence(member!.required ? next : optional(next), behind(index + 1)) : end,
      );
    }
    return reference(name);
  };
  const starts: Expression[] = [];
  for (const [index, member] of members.entries()) {
    starts.push(sequence(write(member), behind(index + 1)));
    if (member.required) break;
  }
  if (required.size === 0) {
    if (further) starts.push(sequence(further, repeat(sequence(literal(comma), further), 0, maximum - 1)));
    if (minimum === 0) starts.push(empty);
  }
  return sequence(literal('{'), maximum === 0 ? empty : choice(...starts), literal('}'));
}

interface Counts {
  readonly minimum: number;
  readonly maximum: number;
  readonly required: number;
  readonly members: number;
  readonly isOpen: boolean;
}

/** Counts of properties are honoured where they follow from what is required and listed, or bound further ones alone. */
function checkCounts(parts: readonly SchemaPart[], counts: Counts): void {
  const { minimum, maximum, required, members, isOpen } = counts;
  const pointerOf = (keyword: string): string =>
    parts.find(({ schema }) => schema[keyword] !== undefined)?.pointer ?? '#';
  if (minimum > Math.max(required, 1)) {
    throw refuseKeyword(
      'minProperties',
      pointerOf('minProperties'),
      'is supported up to the number of required properties, or 1',
    );
  }
  const most = isOpen ? Number.POSITIVE_INFINITY : members;
  const onlyFurther = members === required || (maximum === 1 && required === 0);
  if (maximum < most && maximum > required && !onlyFurther) {
    throw refuseKeyword(
      'maxProperties',
      pointerOf('maxProperties'),
      'is not supported beside optional properties',
    );
  }
  if (maximum === 1 && required === 0 && members > 0 && maximum < most) {
    throw refuseKeyword(
      'maxProperties',
      pointerOf('maxProperties'),
      'is not supported beside optional properties',
    );
  }
}
