import type { CharacterSet } from '../characters/character-set';
import { charactersOf } from '../characters/character-set';

/** A deterministic automaton over characters; state 0 is the start. */
export interface CharacterAutomaton {
  readonly states: readonly {
    readonly accepting: boolean;
    readonly edges: readonly (readonly [characters: CharacterSet, target: number])[];
  }[];
}

/** What texts a rule matches. Data: parsers and the schema reader write it, the automaton is compiled from it. */
export type Expression =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'set'; readonly characters: CharacterSet }
  | { readonly type: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly type: 'choice'; readonly parts: readonly Expression[] }
  /** `part` between `minimum` and `maximum` times; the maximum may be `Infinity`. */
  | {
      readonly type: 'repeat';
      readonly part: Expression;
      readonly minimum: number;
      readonly maximum: number;
    }
  | { readonly type: 'reference'; readonly rule: string }
  | {
      readonly type: 'automaton';
      readonly automaton: CharacterAutomaton;
      /** Whether its characters are written as in a JSON string, see `jsonQuoted`. */
      readonly quoted?: boolean;
    };

/** Rules by name; `root` matches the whole output. Names of rules are what "the rule in force" shows. */
export interface Grammar {
  readonly root: string;
  readonly rules: ReadonlyMap<string, Expression>;
}

export const literal = (text: string): Expression => ({ type: 'literal', text });
export const set = (characters: CharacterSet): Expression => ({ type: 'set', characters });
export const oneOf = (text: string): Expression => set(charactersOf(text));
export const reference = (rule: string): Expression => ({ type: 'reference', rule });
export const empty: Expression = { type: 'literal', text: '' };
/** Matches no text at all. */
export const nothing: Expression = { type: 'choice', parts: [] };

export const sequence = (...parts: readonly Expression[]): Expression =>
  parts.length === 1 ? parts[0]! : { type: 'sequence', parts };
export const choice = (...parts: readonly Expression[]): Expression =>
  parts.length === 1 ? parts[0]! : { type: 'choice', parts };
export const repeat = (
  part: Expression,
  minimum: number,
  maximum = Number.POSITIVE_INFINITY,
): Expression => ({
  type: 'repeat',
  part,
  minimum,
  maximum,
});
export const optional = (part: Expression): Expression => repeat(part, 0, 1);
