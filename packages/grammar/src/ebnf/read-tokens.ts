import { NextTokenError } from '@nexttoken/model';

/** One token of a grammar's text. */
export interface GrammarToken {
  readonly type: 'name' | 'text' | 'class' | 'any' | 'bounds' | 'define' | 'symbol' | 'end';
  readonly value: string;
  readonly line: number;
}

/** The error for a place in a grammar; details: reason, line. */
export function grammarError(reason: string, line: number): NextTokenError {
  return new NextTokenError('invalid-grammar', `grammar, line ${line}: ${reason}`, { reason, line });
}

const patterns: readonly (readonly [GrammarToken['type'] | 'space', RegExp])[] = [
  ['space', /(?:\s|#[^\n]*)+/y],
  ['define', /::=/y],
  ['name', /[A-Za-z0-9_][A-Za-z0-9_.-]*/y],
  ['text', /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'/y],
  ['class', /\[(?:[^\]\\\n]|\\[^\n])*\]/y],
  ['any', /\./y],
  ['bounds', /\{\s*\d*\s*,?\s*\d*\s*\}/y],
  ['symbol', /[()|*+?]/y],
];

function unknown(text: string, at: number, line: number): NextTokenError {
  const rest = text.slice(at, at + 20).split('\n')[0]!;
  if (rest.startsWith('<') || rest.startsWith('!<')) {
    return grammarError(`${rest}: references to tokens are not supported`, line);
  }
  if (rest.startsWith('"') || rest.startsWith("'") || rest.startsWith('[')) {
    return grammarError(`${rest} is not closed on its line`, line);
  }
  return grammarError(`${JSON.stringify(rest)} is not part of the notation`, line);
}

/** The tokens of a grammar; white space and comments (`# …`) only separate them. */
export function readTokens(text: string): readonly GrammarToken[] {
  const tokens: GrammarToken[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const found = patterns.find(([, pattern]) => {
      pattern.lastIndex = at;
      return pattern.test(text);
    });
    if (!found) throw unknown(text, at, line);
    const value = text.slice(at, found[1].lastIndex);
    if (value === '(' && text[at + 1] === '=') throw grammarError('lookahead (=…) is not supported', line);
    if (found[0] !== 'space') tokens.push({ type: found[0], value, line });
    line += value.split('\n').length - 1;
    at += value.length;
  }
  tokens.push({ type: 'end', value: 'the end', line });
  return tokens;
}
