import type { Expression, Grammar } from './expression';

function rename(expression: Expression, name: (rule: string) => string): Expression {
  switch (expression.type) {
    case 'reference':
      return { type: 'reference', rule: name(expression.rule) };
    case 'repeat':
      return { ...expression, part: rename(expression.part, name) };
    case 'sequence':
    case 'choice':
      return { type: expression.type, parts: expression.parts.map((part) => rename(part, name)) };
    default:
      return expression;
  }
}

/** The same grammar with other names, so that it can stand beside another one. */
export function renameRules({ root, rules }: Grammar, name: (rule: string) => string): Grammar {
  return {
    root: name(root),
    rules: new Map([...rules].map(([rule, expression]) => [name(rule), rename(expression, name)])),
  };
}
