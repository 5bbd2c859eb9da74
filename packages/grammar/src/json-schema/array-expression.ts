import {
  type Expression,
  empty,
  literal,
  nothing,
  optional,
  repeat,
  sequence,
} from '../expression/expression';
import { countOf } from './check-keywords';
import { both, type Conjunction, partOf } from './flatten';
import type { SchemaPart } from './json-schema';
import { pointerTo, refuseKeyword } from './schema-error';
import type { SchemaReader } from './schema-grammar';

/** The schemas of the first elements and of all others, as the part says them. */
interface Elements {
  readonly first: readonly Conjunction[];
  readonly rest: Conjunction;
}

function elementsOf({ schema, pointer }: SchemaPart): Elements {
  const { items, prefixItems, additionalItems } = schema;
  const list = (value: readonly unknown[], keyword: string) =>
    value.map((entry, index) => partOf(entry, pointerTo(pointer, keyword, index)));
  if (Array.isArray(items)) {
    const rest =
      additionalItems === undefined ? [] : partOf(additionalItems, pointerTo(pointer, 'additionalItems'));
    return { first: list(items, 'items'), rest };
  }
  if (additionalItems !== undefined)
    throw refuseKeyword('additionalItems', pointer, 'means nothing without a list of items');
  if (prefixItems !== undefined && !Array.isArray(prefixItems)) {
    throw refuseKeyword('prefixItems', pointer, 'must be a list of schemas');
  }
  return {
    first: list(prefixItems ?? [], 'prefixItems'),
    rest: items === undefined ? [] : partOf(items, pointerTo(pointer, 'items')),
  };
}

/** The arrays that all parts allow. @throws NextTokenError `unsupported-schema` */
export function arrayExpression(reader: SchemaReader, parts: readonly SchemaPart[]): Expression {
  const minimum = Math.max(0, ...parts.map((part) => countOf(part, 'minItems') ?? 0));
  const elements = parts.map(elementsOf);
  const rest = elements.reduce<Conjunction>((all, { rest: own }) => both(all, own), []);
  const prefix = Math.max(0, ...elements.map(({ first }) => first.length));
  const limit = Math.min(...parts.map((part) => countOf(part, 'maxItems') ?? Number.POSITIVE_INFINITY));
  const maximum = rest ? limit : Math.min(limit, prefix);
  for (const { schema, pointer } of parts) {
    if (schema.uniqueItems && maximum > 1)
      throw refuseKeyword('uniqueItems', pointer, 'is supported for at most one element');
  }
  if (minimum > maximum) return nothing;
  const element = (index: number): Expression =>
    reader.ruleOf(
      elements.reduce<Conjunction>(
        (all, { first, rest: own }) => both(all, index < first.length ? first[index] : own),
        [],
      ),
    );
  const comma = literal(reader.layout.comma);
  /** What may follow `index` elements. */
  const behind = (index: number): Expression => {
    if (index >= maximum) return empty;
    if (index >= prefix) {
      return repeat(sequence(comma, element(index)), Math.max(0, minimum - index), maximum - index);
    }
    const next = sequence(comma, element(index), behind(index + 1));
    return index < minimum ? next : optional(next);
  };
  const some = maximum === 0 ? empty : sequence(element(0), behind(1));
  return sequence(literal('['), minimum > 0 ? some : optional(some), literal(']'));
}
