import { NextTokenError } from '@nexttoken/model';
import { type CharacterSet, characterSet, complement, union } from '../characters/character-set';
import { choice, type Expression, literal, repeat, sequence, set } from '../expression/expression';
import { classEscapes, notLineEnds, propertyClass } from './character-classes';

/** What stands in a sequence: texts, or a condition on the place where it stands. */
export type RegexItem =
  | { readonly type: 'text'; readonly expression: Expression }
  | { readonly type: 'start' }
  | { readonly type: 'end' }
  | { readonly type: 'lookahead'; readonly negative: boolean; readonly alternatives: RegexAlternatives };

/** Alternatives, each a sequence. */
export type RegexAlternatives = readonly (readonly RegexItem[])[];

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };
const single = (code: number): CharacterSet => characterSet([code, code]);

/** Reads a pattern that the runtime itself has accepted, character by character. */
class RegexReader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(readonly pattern: string) {
    this.#characters = Array.from(pattern);
  }

  read(): RegexAlternatives {
    return this.#alternatives();
  }

  #refuse(what: string): NextTokenError {
    return new NextTokenError(
      'invalid-grammar',
      `the pattern /${this.pattern}/ has ${what}, which is not supported`,
      {
        pattern: this.pattern,
        reason: what,
        offset: this.#at,
      },
    );
  }

  #peek(text: string): boolean {
    return [...text].every((character, index) => this.#characters[this.#at + index] === character);
  }

  #take(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#at += [...text].length;
    return true;
  }

  #next(): string {
    return this.#characters[this.#at++]!;
  }

  #alternatives(): RegexAlternatives {
    const alternatives: RegexItem[][] = [[]];
    while (this.#at < this.#characters.length && !this.#peek(')')) {
      if (this.#take('|')) alternatives.push([]);
      else alternatives.at(-1)!.push(...this.#term());
    }
    return alternatives;
  }

  #term(): readonly RegexItem[] {
    if (this.#take('^')) return [{ type: 'start' }];
    if (this.#take('$')) return [{ type: 'end' }];
    if (this.#take('(')) return this.#group();
    return [{ type: 'text', expression: this.#quantified(this.#atom()) }];
  }

  #group(): readonly RegexItem[] {
    if (this.#peek('?<=') || this.#peek('?<!')) throw this.#refuse('a lookbehind');
    const lookahead = this.#peek('?=') || this.#peek('?!');
    const negative = this.#peek('?!');
    if (lookahead) this.#at += 2;
    else if (this.#take('?<')) while (!this.#take('>')) this.#at++;
    else if (this.#peek('?') && !this.#take('?:')) throw this.#refuse('flags within a group');
    const alternatives = this.#alternatives();
    this.#at++;
    if (lookahead) return [{ type: 'lookahead', negative, alternatives }];
    const quantified =
      this.#characters[this.#at] !== undefined && '*+?{'.includes(this.#characters[this.#at]!);
    const plain = alternatives.every((items) => items.every(({ type }) => type === 'text'));
    // A group around a sequence alone changes nothing: its conditions are those of the sequence it stands in.
    if (!plain && !quantified && alternatives.length === 1) return alternatives[0]!;
    if (!plain)
      throw this.#refuse('an anchor or a lookahead within a group of alternatives or a repeated one');
    const parts = alternatives.map((items) =>
      sequence(...items.map((item) => (item as { readonly expression: Expression }).expression)),
    );
    return [{ type: 'text', expression: this.#quantified(choice(...parts)) }];
  }

  #quantified(atom: Expression): Expression {
    let expression = atom;
    if (this.#take('*')) expression = repeat(atom, 0);
    else if (this.#take('+')) expression = repeat(atom, 1);
    else if (this.#take('?')) expression = repeat(atom, 0, 1);
    else if (this.#take('{')) {
      let bounds = '';
      while (!this.#take('}')) bounds += this.#next();
      const [minimum, maximum] = bounds.split(',');
      const most =
        maximum === undefined ? Number(minimum) : maximum === '' ? Number.POSITIVE_INFINITY : Number(maximum);
      expression = repeat(atom, Number(minimum), most);
    } else return expression;
    // Lazy or not, the texts are the same.
    this.#take('?');
    return expression;
  }

  #atom(): Expression {
    const character = this.#next();
    if (character === '.') return set(notLineEnds);
    if (character === '[') return set(this.#class());
    if (character !== '\\') return literal(character);
    const escaped = this.#next();
    if (escaped === 'b' || escaped === 'B') throw this.#refuse('a word boundary');
    if (/[1-9k]/.test(escaped)) throw this.#refuse('a backreference');
    return set(this.#escape(escaped));
  }

  #class(): CharacterSet {
    const negated = this.#take('^');
    const sets: CharacterSet[] = [];
    while (!this.#take(']')) {
      const low = this.#classMember();
      const isRange = this.#peek('-') && this.#characters[this.#at + 1] !== ']';
      if (isRange && low.length === 2 && low[0] === low[1]) {
        this.#at++;
        sets.push(characterSet([low[0]!, this.#classMember()[0]!]));
      } else sets.push(low);
    }
    const all = union(...sets);
    return negated ? complement(all) : all;
  }

  #classMember(): CharacterSet {
    const character = this.#next();
    if (character !== '\\') return single(character.codePointAt(0)!);
    const escaped = this.#next();
    return escaped === 'b' ? single(8) : this.#escape(escaped);
  }

  #escape(escaped: string): CharacterSet {
    if (classEscapes[escaped]) return classEscapes[escaped];
    if (escaped === 'p' || escaped === 'P') {
      this.#at++;
      let name = '';
      while (!this.#take('}')) name += this.#next();
      return escaped === 'p' ? propertyClass(name) : complement(propertyClass(name));
    }
    if (controls[escaped] !== undefined) return single(controls[escaped]);
    if (escaped === 'c') return single(this.#next().charCodeAt(0) % 32);
    if (escaped === 'x') return single(this.#hex(2));
    if (escaped === 'u') return single(this.#unicode());
    return single(escaped.codePointAt(0)!);
  }

  #hex(length: number): number {
    let text = '';
    for (let index = 0; index < length; index++) text += this.#next();
    return Number.parseInt(text, 16);
  }

  #unicode(): number {
    if (this.#take('{')) {
      let text = '';
      while (!this.#take('}')) text += this.#next();
      return Number.parseInt(text, 16);
    }
    const first = this.#hex(4);
    if (first < 0xd800 || first > 0xdbff || !this.#take('\\u')) return first;
    const second = this.#hex(4);
    return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
  }
}

/**
 * The items of an ECMAScript pattern, read as with the flag `u`.
 * @throws NextTokenError `invalid-grammar` for one that the runtime refuses; details: pattern, reason
 */
export function parseRegex(pattern: string): RegexAlternatives {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the pattern /${pattern}/ is no regular expression: ${reason}`;
    throw new NextTokenError('invalid-grammar', message, { pattern, reason }, { cause: error });
  }
  return new RegexReader(pattern).read();
}
