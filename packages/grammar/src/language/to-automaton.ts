import { type CharacterSet, characterSet, rangesOf, union } from '../characters/character-set';
import { tooLarge } from '../errors/too-large';
import type { CharacterAutomaton, Expression } from '../expression/expression';
import { minimize } from './minimize';

const maximumStates = 5000;

/** A nondeterministic automaton: edges with characters, and ones that read nothing. */
interface Draft {
  readonly edges: (readonly [characters: CharacterSet, target: number])[][];
  readonly silent: number[][];
}

function addState({ edges, silent }: Draft): number {
  if (edges.length >= 40 * maximumStates)
    throw tooLarge('states of a regular expression', 40 * maximumStates);
  edges.push([]);
  silent.push([]);
  return edges.length - 1;
}

/** Adds what leads from `from` to `to`; `from` gets no edge that leads back to it. */
function write(draft: Draft, expression: Expression, from: number, to: number): void {
  switch (expression.type) {
    case 'literal': {
      let state = from;
      for (const character of expression.text) {
        const target = addState(draft);
        const code = character.codePointAt(0)!;
        draft.edges[state]!.push([characterSet([code, code]), target]);
        state = target;
      }
      draft.silent[state]!.push(to);
      return;
    }
    case 'set':
      draft.edges[from]!.push([expression.characters, to]);
      return;
    case 'sequence': {
      const end = expression.parts.reduce((state, part) => {
        const target = addState(draft);
        write(draft, part, state, target);
        return target;
      }, from);
      draft.silent[end]!.push(to);
      return;
    }
    case 'choice':
      for (const part of expression.parts) write(draft, part, from, to);
      return;
    case 'repeat': {
      let state = from;
      const copy = () => {
        const target = addState(draft);
        write(draft, expression.part, state, target);
        state = target;
      };
      for (let index = 0; index < expression.minimum; index++) copy();
      if (expression.maximum === Number.POSITIVE_INFINITY) {
        const loop = addState(draft);
        draft.silent[state]!.push(loop);
        write(draft, expression.part, loop, loop);
        draft.silent[loop]!.push(to);
        return;
      }
      for (let index = expression.minimum; index < expression.maximum; index++) {
        draft.silent[state]!.push(to);
        copy();
      }
      draft.silent[state]!.push(to);
      return;
    }
    case 'automaton': {
      const { states } = expression.automaton;
      const names = states.map(() => addState(draft));
      draft.silent[from]!.push(names[0]!);
      for (const [index, { accepting, edges }] of states.entries()) {
        if (accepting) draft.silent[names[index]!]!.push(to);
        for (const [characters, target] of edges)
          draft.edges[names[index]!]!.push([characters, names[target]!]);
      }
      return;
    }
    case 'reference':
      throw new Error(`no regular language: it refers to ${expression.rule}`);
  }
}

function close(draft: Draft, states: readonly number[]): number[] {
  const seen = new Set(states);
  for (const state of seen) for (const target of draft.silent[state]!) seen.add(target);
  return [...seen].sort((a, b) => a - b);
}

/** Groups the edges of some states: disjoint sets of characters, each with all the states that it leads to. */
function* steps(
  draft: Draft,
  states: readonly number[],
): Generator<[targets: number[], characters: CharacterSet], void, undefined> {
  const edges = states.flatMap((state) => draft.edges[state]!);
  const marks = new Set<number>();
  for (const [characters] of edges) {
    for (const [low, high] of rangesOf(characters)) marks.add(low).add(high + 1);
  }
  const borders = [...marks].sort((a, b) => a - b);
  const position = new Map(borders.map((border, index) => [border, index]));
  const targets = borders.map((): number[] => []);
  for (const [characters, target] of edges) {
    for (const [low, high] of rangesOf(characters)) {
      for (let index = position.get(low)!; index < position.get(high + 1)!; index++)
        targets[index]!.push(target);
    }
  }
  const groups = new Map<string, { readonly targets: number[]; readonly ranges: [number, number][] }>();
  for (const [index, list] of targets.entries()) {
    if (list.length === 0) continue;
    const distinct = [...new Set(list)].sort((a, b) => a - b);
    const key = distinct.join();
    const group = groups.get(key) ?? { targets: distinct, ranges: [] };
    group.ranges.push([borders[index]!, borders[index + 1]! - 1]);
    groups.set(key, group);
  }
  for (const group of groups.values()) yield [group.targets, characterSet(...group.ranges)];
}

/**
 * The smallest deterministic automaton of a regular expression (subset construction, then minimization); states that
 * cannot end are left out.
 * @throws NextTokenError `grammar-too-large` beyond 5,000 states
 */
export function toAutomaton(expression: Expression): CharacterAutomaton {
  if (expression.type === 'automaton' && !expression.quoted) return expression.automaton;
  const draft: Draft = { edges: [], silent: [] };
  const [start, end] = [addState(draft), addState(draft)];
  write(draft, expression, start, end);
  const names = new Map<string, number>();
  const sets: number[][] = [];
  const nameOf = (states: readonly number[]): number => {
    const closed = close(draft, states);
    const key = closed.join();
    const known = names.get(key);
    if (known !== undefined) return known;
    if (sets.length >= maximumStates) throw tooLarge('states of a regular expression', maximumStates);
    names.set(key, sets.length);
    sets.push(closed);
    return sets.length - 1;
  };
  nameOf([start]);
  const states: { accepting: boolean; edges: (readonly [CharacterSet, number])[] }[] = [];
  for (let index = 0; index < sets.length; index++) {
    const edges = new Map<number, CharacterSet>();
    for (const [targets, characters] of steps(draft, sets[index]!)) {
      const target = nameOf(targets);
      edges.set(target, edges.has(target) ? union(edges.get(target)!, characters) : characters);
    }
    states.push({
      accepting: sets[index]!.includes(end),
      edges: [...edges].map(([target, characters]) => [characters, target] as const),
    });
  }
  return minimize({ states });
}
