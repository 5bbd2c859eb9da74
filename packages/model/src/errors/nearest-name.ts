/** Letters and digits only, in lower case: `max_new_tokens` and `maxNewTokens` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Edit distance of Levenshtein: insertions, deletions and replacements of single characters. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** 1 where one name begins with the other (`stop`, `stopStrings`), else their edit distance. */
function distanceOf(a: string, b: string): number {
  if (a === b) return 0;
  return a !== '' && b !== '' && (a.startsWith(b) || b.startsWith(a)) ? 1 : editDistance(a, b);
}

/** The known name with the least distance, spelling conventions aside; the first one of equals. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = distanceOf(plain(name), plain(candidate));
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}
