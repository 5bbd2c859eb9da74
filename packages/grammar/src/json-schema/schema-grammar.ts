import { invalidParameter, NextTokenError } from '@nexttoken/model';
import { choice, type Expression, type Grammar, literal, nothing, reference } from '../expression/expression';
import { arrayExpression } from './array-expression';
import { checkDisjoint } from './check-disjoint';
import { constrains, isObject } from './check-keywords';
import { type Conjunction, flatten, partOf, schemaList } from './flatten';
import { jsonRules, quoted, spell } from './json-rules';
import type { JsonType, Layout, Schema, SchemaObject, SchemaPart } from './json-schema';
import { listedValues } from './listed-values';
import { numberExpression } from './number-expression';
import { objectExpression } from './object-expression';
import { refuseKeyword } from './schema-error';
import { stringLanguage } from './string-language';
import { typesOf } from './types-of';

const mostRules = 10_000;
const mostNested = 32;

/** Turns schemas into rules; each place of the schema is one rule, named by its JSON pointer. */
export class SchemaReader {
  readonly rules: Map<string, Expression>;
  readonly #names = new Set<string>();
  #parts = 0;

  constructor(
    readonly root: SchemaObject,
    readonly layout: Layout,
  ) {
    this.rules = new Map(jsonRules(layout));
  }

  /** The rule of what holds at a place. */
  ruleOf(conjunction: Conjunction): Expression {
    if (!conjunction) return nothing;
    const parts = conjunction.filter(({ schema }) => constrains(schema));
    if (parts.length === 0) return reference('value');
    const name = [...new Set(parts.map(({ pointer }) => pointer))].sort().join(' & ');
    if (!this.#names.has(name)) {
      if (this.#names.size >= mostRules) {
        throw new NextTokenError('grammar-too-large', `the schema has more than ${mostRules} places`, {
          what: 'rules',
          maximum: mostRules,
        });
      }
      this.#names.add(name);
      this.rules.set(name, this.#read(parts, name));
    }
    return reference(name);
  }

  /** A name for a part of a rule: it counts to that rule. */
  partName(rule: string): string {
    return `${rule}\0${this.#parts++}`;
  }

  #read(parts: readonly SchemaPart[], name: string): Expression {
    const flat = flatten(this.root, parts);
    return flat ? this.#alternatives(flat, name, 0) : nothing;
  }

  /** `anyOf` and `oneOf`: for each branch what it says together with everything beside it. */
  #alternatives(parts: readonly SchemaPart[], name: string, depth: number): Expression {
    for (const part of parts) {
      for (const keyword of ['anyOf', 'oneOf']) {
        if (part.schema[keyword] === undefined) continue;
        const { [keyword]: _branches, ...rest } = part.schema;
        const others = parts.map((other) =>
          other === part ? { schema: rest, pointer: part.pointer } : other,
        );
        const list = schemaList(part, keyword);
        const branches = list.map((branch) =>
          branch ? flatten(this.root, [...others, ...branch]) : undefined,
        );
        if (keyword === 'oneOf') checkDisjoint(part, branches);
        // With nothing beside it a branch is a place like any other, and may lead back here.
        if (!others.some(({ schema }) => constrains(schema)))
          return choice(...list.map((branch) => this.ruleOf(branch)));
        if (depth >= mostNested)
          throw refuseKeyword(keyword, part.pointer, 'its branches lead back to it without end');
        return choice(
          ...branches.map((branch) => (branch ? this.#alternatives(branch, name, depth + 1) : nothing)),
        );
      }
    }
    return this.#plain(parts, name);
  }

  #plain(parts: readonly SchemaPart[], name: string): Expression {
    const types = typesOf(parts);
    const values = listedValues(parts, types);
    if (values) return choice(...values.map((value) => literal(spell(value, this.layout))));
    return choice(...types.map((type) => this.#ofType(type, parts, name)));
  }

  #ofType(type: JsonType, parts: readonly SchemaPart[], name: string): Expression {
    switch (type) {
      case 'null':
        return literal('null');
      case 'boolean':
        return choice(literal('true'), literal('false'));
      case 'string':
        return quoted(stringLanguage(parts));
      case 'integer':
      case 'number':
        return numberExpression(parts, type === 'integer');
      case 'array':
        return arrayExpression(this, parts);
      case 'object':
        return objectExpression(this, parts, name);
    }
  }
}

/**
 * A grammar of the JSON texts that a schema allows (or a part of them: properties in the schema's order, canonical
 * escapes, one layout).
 * @throws NextTokenError `unsupported-schema`, `grammar-too-large`; `invalid-parameter` for what is no schema
 */
export function schemaGrammar(schema: Schema, layout: Layout): Grammar {
  if (typeof schema !== 'boolean' && !isObject(schema)) {
    throw invalidParameter('jsonSchema', 'schema', schema, 'a JSON schema: an object, true or false');
  }
  const reader = new SchemaReader(typeof schema === 'boolean' ? {} : schema, layout);
  const start = reader.ruleOf(partOf(schema, '#'));
  const root = start.type === 'reference' ? start.rule : '#';
  if (start.type !== 'reference') reader.rules.set(root, start);
  return { root, rules: reader.rules };
}
