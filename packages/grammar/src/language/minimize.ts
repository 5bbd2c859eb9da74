import { type CharacterSet, union } from '../characters/character-set';
import type { CharacterAutomaton } from '../expression/expression';

/** Whether each state can still reach an accepting one. */
function alive({ states }: CharacterAutomaton): boolean[] {
  const sources = states.map((): number[] => []);
  for (const [index, { edges }] of states.entries())
    for (const [, target] of edges) sources[target]!.push(index);
  const known = states.map(({ accepting }) => accepting);
  const open = known.flatMap((accepting, index) => (accepting ? [index] : []));
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const source of sources[state]!) {
      if (known[source]) continue;
      known[source] = true;
      open.push(source);
    }
  }
  return known;
}

/**
 * The same language with as few states as possible (Moore's refinement), without states that cannot end. An empty
 * language is one state that does not accept.
 */
export function minimize(automaton: CharacterAutomaton): CharacterAutomaton {
  const living = alive(automaton);
  if (!living[0]) return { states: [{ accepting: false, edges: [] }] };
  const states = automaton.states.map(({ accepting, edges }) => ({
    accepting,
    edges: edges.filter(([, target]) => living[target]),
  }));
  let block: number[] = states.map(({ accepting }) => (accepting ? 1 : 0));
  let blocks = new Set(block.filter((_, index) => living[index])).size;
  for (;;) {
    const names = new Map<string, number>();
    const next = states.map(({ edges }, index) => {
      const merged = new Map<number, CharacterSet>();
      for (const [characters, target] of edges) {
        const known = merged.get(block[target]!);
        merged.set(block[target]!, known ? union(known, characters) : characters);
      }
      const sorted = [...merged]
        .sort(([a], [b]) => a - b)
        .map(([target, characters]) => `${target}:${characters}`);
      const key = `${block[index]}|${sorted.join('|')}`;
      if (!names.has(key)) names.set(key, names.size);
      return names.get(key)!;
    });
    block = next;
    const count = new Set(block.filter((_, index) => living[index])).size;
    if (count === blocks) break;
    blocks = count;
  }
  const order = new Map<number, number>([[block[0]!, 0]]);
  const chosen = [0];
  for (const index of chosen) {
    for (const [, target] of states[index]!.edges) {
      if (order.has(block[target]!)) continue;
      order.set(block[target]!, chosen.length);
      chosen.push(target);
    }
  }
  return {
    states: chosen.map((index) => {
      const merged = new Map<number, CharacterSet>();
      for (const [characters, target] of states[index]!.edges) {
        const name = order.get(block[target]!)!;
        merged.set(name, merged.has(name) ? union(merged.get(name)!, characters) : characters);
      }
      return {
        accepting: states[index]!.accepting,
        edges: [...merged].map(([target, characters]) => [characters, target] as const),
      };
    }),
  };
}
