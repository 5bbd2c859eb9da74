/** Offsets in UTF-16 units as flat offsets in code points. */
export function inCodePoints(text: string, offsets: readonly (readonly [number, number])[]): number[] {
  const point: number[] = [];
  let count = 0;
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit++) point.push(count);
    count += 1;
  }
  point.push(count);
  return offsets.flatMap(([start, end]) => [point[start]!, point[end]!]);
}
