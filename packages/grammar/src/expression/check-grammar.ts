import { invalidParameter } from '@nexttoken/model';
import { type Expression, empty, type Grammar, nothing } from './expression';

type Rules = ReadonlyMap<string, Expression>;

/** The rules for which `holds` is true, found by asking again until nothing changes. */
function fixedPoint(
  rules: Rules,
  holds: (expression: Expression, known: ReadonlySet<string>) => boolean,
): Set<string> {
  const known = new Set<string>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, expression] of rules) {
      if (known.has(name) || !holds(expression, known)) continue;
      known.add(name);
      changed = true;
    }
  }
  return known;
}

/** Whether some finite text fits. */
function isProductive(expression: Expression, known: ReadonlySet<string>): boolean {
  switch (expression.type) {
    case 'literal':
      return true;
    case 'set':
      return expression.characters.length > 0;
    case 'sequence':
      return expression.parts.every((part) => isProductive(part, known));
    case 'choice':
      return expression.parts.some((part) => isProductive(part, known));
    case 'repeat':
      return expression.minimum === 0 || isProductive(expression.part, known);
    case 'reference':
      return known.has(expression.rule);
    case 'automaton':
      return expression.automaton.states.some(({ accepting }) => accepting);
  }
}

/** Whether the empty text fits. */
function isNullable(expression: Expression, known: ReadonlySet<string>): boolean {
  switch (expression.type) {
    case 'literal':
      return expression.text === '';
    case 'set':
      return false;
    case 'sequence':
      return expression.parts.every((part) => isNullable(part, known));
    case 'choice':
      return expression.parts.some((part) => isNullable(part, known));
    case 'repeat':
      return expression.minimum === 0 || isNullable(expression.part, known);
    case 'reference':
      return known.has(expression.rule);
    case 'automaton':
      return expression.automaton.states[0]!.accepting;
  }
}

/** Without the parts that no finite text fits. */
function prune(expression: Expression, productive: ReadonlySet<string>): Expression {
  if (!isProductive(expression, productive)) return nothing;
  switch (expression.type) {
    case 'sequence':
      return { ...expression, parts: expression.parts.map((part) => prune(part, productive)) };
    case 'choice':
      return {
        ...expression,
        parts: expression.parts
          .filter((part) => isProductive(part, productive))
          .map((part) => prune(part, productive)),
      };
    case 'repeat':
      return isProductive(expression.part, productive)
        ? { ...expression, part: prune(expression.part, productive) }
        : empty;
    default:
      return expression;
  }
}

/** The rules that may be called before anything was read. */
function* firstCalls(
  expression: Expression,
  nullable: ReadonlySet<string>,
): Generator<string, void, undefined> {
  switch (expression.type) {
    case 'sequence':
      for (const part of expression.parts) {
        yield* firstCalls(part, nullable);
        if (!isNullable(part, nullable)) return;
      }
      return;
    case 'choice':
      for (const part of expression.parts) yield* firstCalls(part, nullable);
      return;
    case 'repeat':
      if (expression.maximum > 0) yield* firstCalls(expression.part, nullable);
      return;
    case 'reference':
      yield expression.rule;
  }
}

function* references(expression: Expression): Generator<string, void, undefined> {
  if (expression.type === 'reference') yield expression.rule;
  if (expression.type === 'repeat') yield* references(expression.part);
  if (expression.type === 'sequence' || expression.type === 'choice') {
    for (const part of expression.parts) yield* references(part);
  }
}

function reachable({ root, rules }: Grammar): Map<string, Expression> {
  const found = new Map<string, Expression>();
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const expression = rules.get(name);
    if (found.has(name)) continue;
    if (!expression) throw invalidParameter('grammar', 'rule', name, 'a rule that is defined');
    found.set(name, expression);
    open.push(...references(expression));
  }
  return found;
}

/** What is wrong with a grammar that is otherwise well formed. */
interface GrammarProblem {
  /** `endless`: no finite text fits the root. `left-recursion`: a rule calls itself before it reads anything. */
  readonly reason: 'endless' | 'left-recursion';
  readonly rule: string;
}

/**
 * The grammar with what can be reached and finished only, or what is wrong with it.
 * @throws NextTokenError `invalid-parameter` for a rule that is referred to and not defined
 */
export function checkGrammar(grammar: Grammar): Grammar | GrammarProblem {
  const all = reachable(grammar);
  const productive = fixedPoint(all, isProductive);
  if (!productive.has(grammar.root)) return { reason: 'endless', rule: grammar.root };
  const pruned = new Map<string, Expression>();
  for (const [name, expression] of all)
    if (productive.has(name)) pruned.set(name, prune(expression, productive));
  const rules = reachable({ root: grammar.root, rules: pruned });
  const nullable = fixedPoint(rules, isNullable);
  const calls = new Map(
    [...rules].map(([name, expression]) => [name, [...firstCalls(expression, nullable)]]),
  );
  const state = new Map<string, 'open' | 'done'>();
  for (const start of rules.keys()) {
    // Depth first with a list of its own: grammars may be deeper than the stack.
    const path: { name: string; index: number }[] = [{ name: start, index: 0 }];
    while (path.length > 0) {
      const at = path.at(-1)!;
      if (at.index === 0) {
        if (state.get(at.name) === 'done') {
          path.pop();
          continue;
        }
        state.set(at.name, 'open');
      }
      const next = calls.get(at.name)![at.index++];
      if (next === undefined) {
        state.set(at.name, 'done');
        path.pop();
      } else if (state.get(next) === 'open') return { reason: 'left-recursion', rule: next };
      else if (state.get(next) !== 'done') path.push({ name: next, index: 0 });
    }
  }
  return { root: grammar.root, rules };
}
