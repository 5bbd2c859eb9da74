import { allCharacters, type CharacterSet, characterSet, complement } from '../characters/character-set';
import {
  choice,
  type Expression,
  type Grammar,
  literal,
  reference,
  repeat,
  sequence,
  set,
} from '../expression/expression';
import { readEscapes } from './read-escapes';
import { type GrammarToken, grammarError, readTokens } from './read-tokens';

function readClass(value: string, line: number): CharacterSet {
  const inner = value.slice(1, -1);
  const negated = inner.startsWith('^');
  const members = [...readEscapes(negated ? inner.slice(1) : inner, line)];
  const ranges: [number, number][] = [];
  for (let index = 0; index < members.length; index++) {
    const low = members[index]![0].codePointAt(0)!;
    const isRange = members[index + 1]?.[0] === '-' && !members[index + 1]![1] && index + 2 < members.length;
    if (!isRange) {
      ranges.push([low, low]);
      continue;
    }
    const high = members[index + 2]![0].codePointAt(0)!;
    if (high < low) throw grammarError(`${value} has a range from high to low`, line);
    ranges.push([low, high]);
    index += 2;
  }
  const found = characterSet(...ranges);
  return negated ? complement(found) : found;
}

class GrammarReader {
  readonly #tokens: readonly GrammarToken[];
  readonly #uses: GrammarToken[] = [];
  #at = 0;

  constructor(text: string) {
    this.#tokens = readTokens(text);
  }

  read(root: string): Grammar {
    const rules = new Map<string, Expression>();
    while (this.#peek().type !== 'end') {
      const name = this.#next();
      if (name.type !== 'name')
        throw grammarError(`a rule's name was expected, not ${name.value}`, name.line);
      const define = this.#next();
      if (define.type !== 'define')
        throw grammarError(`::= was expected behind ${name.value}, not ${define.value}`, define.line);
      if (rules.has(name.value)) throw grammarError(`the rule ${name.value} is defined twice`, name.line);
      rules.set(name.value, this.#choice());
    }
    const undefinedUse = this.#uses.find(({ value }) => !rules.has(value));
    if (undefinedUse) throw grammarError(`the rule ${undefinedUse.value} is not defined`, undefinedUse.line);
    if (!rules.has(root)) throw grammarError(`there is no rule ${root} to begin with`, this.#peek().line);
    return { root, rules };
  }

  #peek(ahead = 0): GrammarToken {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  #next(): GrammarToken {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #choice(): Expression {
    const parts = [this.#sequence()];
    while (this.#peek().value === '|' && this.#peek().type === 'symbol') {
      this.#at++;
      parts.push(this.#sequence());
    }
    return choice(...parts);
  }

  #sequence(): Expression {
    const parts: Expression[] = [];
    for (;;) {
      const token = this.#peek();
      const ends =
        token.type === 'end' || (token.type === 'symbol' && (token.value === '|' || token.value === ')'));
      // The next rule begins where a name is defined.
      if (ends || (token.type === 'name' && this.#peek(1).type === 'define')) return sequence(...parts);
      parts.push(this.#repeated(this.#item()));
    }
  }

  #item(): Expression {
    const { type, value, line } = this.#next();
    if (type === 'text')
      return literal(Array.from(readEscapes(value.slice(1, -1), line), ([character]) => character).join(''));
    if (type === 'class') return set(readClass(value, line));
    if (type === 'any') return set(allCharacters);
    if (type === 'name') {
      this.#uses.push({ type, value, line });
      return reference(value);
    }
    if (value !== '(') throw grammarError(`${value} stands where a part was expected`, line);
    const inner = this.#choice();
    const close = this.#next();
    if (close.value !== ')')
      throw grammarError(`) was expected, not ${close.value}; the group begins in line ${line}`, close.line);
    return inner;
  }

  #repeated(part: Expression): Expression {
    const { type, value, line } = this.#peek();
    const bounds: Readonly<Record<string, readonly [number, number]>> = {
      '*': [0, Number.POSITIVE_INFINITY],
      '+': [1, Number.POSITIVE_INFINITY],
      '?': [0, 1],
    };
    if (type === 'symbol' && bounds[value]) {
      this.#at++;
      return this.#repeated(repeat(part, ...bounds[value]));
    }
    if (type !== 'bounds') return part;
    this.#at++;
    const [low, high] = value
      .slice(1, -1)
      .split(',')
      .map((bound) => bound.trim());
    const minimum = low === '' ? 0 : Number(low);
    const maximum = high === undefined ? minimum : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if ((low === '' && high === undefined) || maximum < minimum)
      throw grammarError(`${value} is no repetition`, line);
    return this.#repeated(repeat(part, minimum, maximum));
  }
}

/**
 * Reads a grammar in the notation that EBNF dialects of language models share (GBNF of llama.cpp, XGrammar's EBNF):
 * `name ::= "text" [a-z] . other (a | b) x* y+ z? w{2,3}`, comments behind `#`.
 * @param root the rule that spells the whole output
 * @throws NextTokenError `invalid-grammar`; details: reason, line
 */
export const parseGrammar = (text: string, root: string): Grammar => new GrammarReader(text).read(root);
