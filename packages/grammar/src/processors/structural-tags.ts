import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { allCharacters } from '../characters/character-set';
import {
  choice,
  type Expression,
  empty,
  type Grammar,
  literal,
  reference,
  repeat,
  sequence,
  set,
} from '../expression/expression';
import { renameRules } from '../expression/rename-rules';
import type { Layout, Schema } from '../json-schema/json-schema';
import { schemaGrammar } from '../json-schema/schema-grammar';
import { difference } from '../language/combine';
import { toAutomaton } from '../language/to-automaton';
import { checkGrammarOptions, createGrammarProcessor } from './create-grammar-processor';
import type { GrammarOptions, GrammarProcessor } from './grammar-processor';
import { type JsonLayout, layoutOf } from './json-layout';

/** One kind of tagged text, e.g. a call of one tool. */
export interface StructuralTag {
  /** How it begins, e.g. `<tool_call>{"name": "weather", "arguments": `. */
  readonly begin: string;
  /** The JSON schema of what stands within. */
  readonly schema: object | boolean;
  /** How it ends, e.g. `}</tool_call>`. */
  readonly end: string;
}

export interface StructuralTagsOptions extends GrammarOptions {
  /**
   * What calls for a tag as soon as it is written; each tag begins with one of them. None may be part of another.
   * Default: the whole beginnings, without those that begin with another one.
   */
  readonly triggers?: readonly string[] | undefined;
  /** Whether a text without any tag is refused, and nothing may stand before the first one; default false. */
  readonly atLeastOne?: boolean | undefined;
  /** Whether the text ends with the first tag; default false. */
  readonly stopAfterFirst?: boolean | undefined;
  /** How the JSON within is spaced; default `spaced`. */
  readonly layout?: JsonLayout | undefined;
}

const owner = 'structuralTags';
const anything = repeat(set(allCharacters), 0);
const something = repeat(set(allCharacters), 1);

function checkTags(tags: readonly StructuralTag[], triggers: readonly string[]): void {
  if (!Array.isArray(tags) || tags.length === 0)
    throw invalidParameter(owner, 'tags', tags, 'a list of at least one tag');
  for (const [index, tag] of tags.entries()) {
    checkOptionNames(`${owner}: tags[${index}]`, tag, ['begin', 'schema', 'end']);
    for (const name of ['begin', 'end'] as const) {
      if (typeof tag[name] !== 'string')
        throw invalidParameter(owner, `tags[${index}].${name}`, tag[name], 'a text');
    }
    if (!triggers.some((trigger) => tag.begin.startsWith(trigger))) {
      throw invalidParameter(owner, `tags[${index}].begin`, tag.begin, 'a text that begins with a trigger');
    }
  }
  for (const [index, trigger] of triggers.entries()) {
    const other = triggers.find((text, at) => at !== index && text.includes(trigger));
    if (typeof trigger !== 'string' || trigger === '' || other !== undefined) {
      throw invalidParameter(owner, `triggers[${index}]`, trigger, 'a text that is part of no other trigger');
    }
  }
}

/** The beginnings, without those that begin with another one. */
function shortestBegins(tags: readonly StructuralTag[]): readonly string[] {
  const begins = Array.isArray(tags) ? [...new Set(tags.map(({ begin }) => String(begin)))] : [];
  return begins.filter((begin) => !begins.some((other) => other !== begin && begin.startsWith(other)));
}

/** What stands behind a trigger: the rest of a tag's beginning, its JSON, its end. */
function tagExpression(
  tag: StructuralTag,
  index: number,
  trigger: string,
  rules: Map<string, Expression>,
  layout: Layout,
) {
  const inner = renameRules(schemaGrammar(tag.schema as Schema, layout), (rule) => `tag ${index} ${rule}`);
  for (const [name, expression] of inner.rules) rules.set(name, expression);
  return sequence(literal(tag.begin.slice(trigger.length)), reference(inner.root), literal(tag.end));
}

function tagsGrammar(
  tags: readonly StructuralTag[],
  triggers: readonly string[],
  options: StructuralTagsOptions,
): Grammar {
  const { atLeastOne = false, stopAfterFirst = false, layout = 'spaced' } = options;
  const spaced = layoutOf(owner, layout);
  const rules = new Map<string, Expression>();
  const anyTrigger = choice(...triggers.map(literal));
  const earlier = toAutomaton(sequence(anything, anyTrigger, something));
  const behind = triggers.map((trigger) => {
    const fitting = [...tags.entries()].filter(([, { begin }]) => begin.startsWith(trigger));
    return choice(...fitting.map(([index, tag]) => tagExpression(tag, index, trigger, rules, spaced)));
  });
  // Free text up to the first trigger, which is this one.
  const free = triggers.map(
    (trigger): Expression => ({
      type: 'automaton',
      automaton: difference(toAutomaton(sequence(anything, literal(trigger))), earlier),
    }),
  );
  rules.set('text', {
    type: 'automaton',
    automaton: difference(toAutomaton(anything), toAutomaton(sequence(anything, anyTrigger, anything))),
  });
  const tagged = (before: readonly Expression[]): Expression =>
    choice(...before.map((start, index) => sequence(start, behind[index]!)));
  rules.set('tag', tagged(free));
  rules.set('first', tagged(triggers.map(literal)));
  const [text, tag, first] = ['text', 'tag', 'first'].map(reference) as [Expression, Expression, Expression];
  const rest = stopAfterFirst ? empty : sequence(repeat(tag, 0), text);
  const whole = atLeastOne
    ? sequence(first, rest)
    : stopAfterFirst
      ? choice(tag, text)
      : sequence(repeat(tag, 0), text);
  rules.set('tags', whole);
  return { root: 'tags', rules };
}

/**
 * Free text with tagged parts whose inside is JSON of a schema: calls of tools. The text is free until a trigger is
 * written; then one of the tags that begin with it has to follow, and behind its end the text is free again.
 *
 * @param tags at least one; several may share a trigger, then what they continue with tells them apart
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, and what {@link jsonSchema} throws for the schemas
 */
export function structuralTags(
  tags: readonly StructuralTag[],
  options: StructuralTagsOptions,
): GrammarProcessor {
  checkGrammarOptions(owner, options, ['triggers', 'atLeastOne', 'stopAfterFirst', 'layout']);
  const triggers = options.triggers ?? shortestBegins(tags);
  checkTags(tags, triggers);
  const { atLeastOne = false, stopAfterFirst = false, layout = 'spaced' } = options;
  const parameters = {
    tags: structuredClone(tags),
    triggers: [...triggers],
    atLeastOne,
    stopAfterFirst,
    layout,
  };
  return createGrammarProcessor(owner, parameters, tagsGrammar(tags, triggers, options), options);
}
