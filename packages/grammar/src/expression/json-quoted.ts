import { type CharacterSet, characterSet, intersect, rangesOf, subtract } from '../characters/character-set';
import { choice, type Expression, literal, set } from './expression';

/** What JSON cannot hold raw within quotes. */
const escaped = characterSet([0, 0x1f], [0x22, 0x22], [0x5c, 0x5c]);

/** The characters as a JSON string spells them. */
export function quotedSet(characters: CharacterSet): Expression {
  const raw = subtract(characters, escaped);
  const parts: Expression[] = raw.length > 0 ? [set(raw)] : [];
  for (const [low, high] of rangesOf(intersect(characters, escaped))) {
    for (let code = low; code <= high; code++) {
      parts.push(literal(JSON.stringify(String.fromCharCode(code)).slice(1, -1)));
    }
  }
  return choice(...parts);
}

/**
 * The same texts as a JSON string spells them between its quotes: `"`, `\` and control characters by their escapes
 * as `JSON.stringify` writes them, everything else raw.
 */
export function jsonQuoted(expression: Expression): Expression {
  switch (expression.type) {
    case 'literal':
      return literal(JSON.stringify(expression.text).slice(1, -1));
    case 'set':
      return quotedSet(expression.characters);
    case 'sequence':
    case 'choice':
      return { type: expression.type, parts: expression.parts.map(jsonQuoted) };
    case 'repeat':
      return { ...expression, part: jsonQuoted(expression.part) };
    case 'automaton':
      return { ...expression, quoted: true };
    case 'reference':
      return expression;
  }
}
