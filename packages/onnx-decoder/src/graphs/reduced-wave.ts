import type { ReadNode } from './read-node';
import type { GraphNode } from './write-node';

/**
 * 2π in three parts of which the first two have so few bits that their products with a number of turns are exact
 * (Cody & Waite 1980): 201/32, 0x3afda000 as float32, and the rest.
 */
const turn = [6.28125, 0.0019350051879882812, 2 * Math.PI - 6.28125 - 0.0019350051879882812] as const;

/**
 * A sine or cosine for large angles too, where no table can be made. WebGPU promises sines between −π and π only, and
 * drivers take it at its word. The angle is brought there first,
 * r = a − 2π · ⌊a / 2π + ½⌋, without losing bits for some 8,000 turns.
 * @param reduced angles that the graph has brought there already; this one is added
 * @returns nothing for other nodes
 */
export function reducedWave(
  { operator, inputs, output }: ReadNode,
  reduced: Set<string>,
): readonly GraphNode[] | undefined {
  if (operator !== 'Cos' && operator !== 'Sin') return undefined;
  const angle = inputs[0]!;
  const wave = { operator, inputs: [`${angle}.rest2`], outputs: [output] };
  if (reduced.has(angle)) return [wave];
  reduced.add(angle);
  const part = (name: string) => `${angle}.${name}`;
  const constant = (name: string, value: number): GraphNode => ({
    operator: 'Constant',
    inputs: [],
    outputs: [part(name)],
    attributes: { value_float: { float: value } },
  });
  const node = (operator: string, inputs: readonly string[], result: string): GraphNode => ({
    operator,
    inputs,
    outputs: [part(result)],
  });
  return [
    constant('perTurn', 1 / (2 * Math.PI)),
    constant('half', 0.5),
    node('Mul', [angle, part('perTurn')], 'exactTurns'),
    node('Add', [part('exactTurns'), part('half')], 'shiftedTurns'),
    node('Floor', [part('shiftedTurns')], 'turns'),
    ...turn.flatMap((value, index) => [
      constant(`turn${index}`, value),
      node('Mul', [part('turns'), part(`turn${index}`)], `taken${index}`),
      node('Sub', [index === 0 ? angle : part(`rest${index - 1}`), part(`taken${index}`)], `rest${index}`),
    ]),
    wave,
  ];
}
