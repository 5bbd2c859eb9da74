/**
 * Whether combining marks `a` and `b` stand in the wrong order (1), in the right one (-1), or in any (0), asked of
 * the platform's own normalization: it swaps neighbours that stand in the wrong order, and only them.
 */
export function canonicalOrder(a: string, b: string): number {
  if (a === b) return 0;
  const pair = a + b;
  let order = orders.get(pair);
  if (order === undefined) {
    order = swapped(a, b) ? 1 : swapped(b, a) ? -1 : 0;
    if (orders.size === 10_000) orders.clear();
    orders.set(pair, order);
  }
  return order;
}

const orders = new Map<string, number>();

const starters = new Map<string, boolean>();

/** Whether a character's combining class is 0: nothing moves across it. */
export function isStarter(character: string): boolean {
  if (character < '\u0300') return true;
  let starter = starters.get(character);
  if (starter === undefined) {
    // U+0334 has the lowest class and moves before all others, U+0345 the highest and moves behind them.
    const moves = swapped(character, '\u0334') || swapped('\u0345', character);
    starter = !moves && character !== '\u0334';
    starters.set(character, starter);
  }
  return starter;
}

function swapped(a: string, b: string): boolean {
  return a !== b && (a + b).normalize('NFD') === b.normalize('NFD') + a.normalize('NFD');
}
