import type { Random } from '@nexttoken/model';

type Schema = Record<string, unknown>;

const words = ['name', 'age', 'city', 'tags', 'price', 'e-mail', 'größe', 'a/b', 'x y', '"quoted"'];
const patterns = [
  '^[a-z]{2,6}$',
  '^(cat|dog)s?$',
  '^[A-Z]\\d{3}$',
  '^\\w+@\\w+\\.(com|org)$',
  '^(?!a)[a-d]{1,4}$',
];
const formats = ['date', 'time', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid', 'uri'];
const listed = [
  'red',
  'green',
  'a "quote"',
  'back\\slash',
  'ümlaut',
  '',
  0,
  -1.5,
  true,
  null,
  [1, 2],
  { a: 'b' },
];

/** Schemas of every kind that is supported, nested up to a depth; strings and arrays are bounded, so that texts end. */
export function randomSchema(random: Random): Schema {
  const below = (count: number): number => Math.floor(random.next() * count);
  const pick = <Value>(list: readonly Value[]): Value => list[below(list.length)]!;
  const chance = (probability: number): boolean => random.next() < probability;
  const some = <Value>(list: readonly Value[], most: number): Value[] => {
    const left = [...list];
    return Array.from({ length: 1 + below(most) }, () => left.splice(below(left.length), 1)[0]!);
  };

  function string(): Schema {
    const kind = below(4);
    if (kind === 0) return { type: 'string', pattern: pick(patterns) };
    if (kind === 1) return { type: 'string', format: pick(formats) };
    const minLength = below(4);
    return { type: 'string', ...(chance(0.5) && { minLength }), maxLength: minLength + below(12) };
  }

  function number(): Schema {
    const type = pick(['integer', 'number']);
    const low = pick([-1000, -5, 0, 1, 0.5, -0.25, 17]);
    const high = low + pick([1, 2.5, 10, 99, 12345]);
    const bounds: Schema = {};
    if (chance(0.6)) bounds[pick(['minimum', 'exclusiveMinimum'])] = low;
    if (chance(0.6)) bounds[pick(['maximum', 'exclusiveMaximum'])] = high;
    if (type === 'integer' && chance(0.2))
      return { type, minimum: low, maximum: low + 200, multipleOf: pick([1, 2, 5]) };
    return { type, ...bounds };
  }

  function object(depth: number): Schema {
    const names = some(words, 4);
    const properties = Object.fromEntries(names.map((name) => [name, schema(depth - 1)]));
    const required = names.filter(() => chance(0.6));
    return {
      type: 'object',
      properties,
      ...(required.length > 0 && { required }),
      ...(chance(0.7) && { additionalProperties: false }),
    };
  }

  function array(depth: number): Schema {
    const minItems = below(3);
    const sizes = { ...(chance(0.5) && { minItems }), maxItems: minItems + below(3) };
    if (chance(0.2))
      return { type: 'array', prefixItems: [schema(depth - 1), schema(depth - 1)], items: false };
    return { type: 'array', items: schema(depth - 1), ...sizes };
  }

  function schema(depth: number): Schema {
    const kinds = depth > 0 ? 10 : 5;
    switch (below(kinds)) {
      case 0:
      case 1:
        return string();
      case 2:
        return number();
      case 3:
        return chance(0.5) ? { enum: some(listed, 4) } : { const: pick(listed) };
      case 4:
        return { type: pick(['boolean', 'null', ['boolean', 'null']]) };
      case 5:
        return array(depth);
      case 6:
        return { anyOf: [schema(depth - 1), schema(depth - 1)] };
      case 7:
        return { $ref: '#/$defs/shared' };
      default:
        return object(depth);
    }
  }

  const root = chance(0.8) ? object(3) : schema(3);
  const list = {
    type: 'object',
    properties: { value: number(), next: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/list' }] } },
    required: ['value', 'next'],
  };
  return { ...root, $defs: { shared: chance(0.3) ? { $ref: '#/$defs/list' } : string(), list } };
}
