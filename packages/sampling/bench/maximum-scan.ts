const chunkSize = 1536;

/** The floor: the largest value of a row, one comparison a token, eight to a turn of the loop. */
export function maximumScan(row: Float32Array): number {
  const end = row.length - (row.length % 8);
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < end; i += 8) {
    const a = row[i]!;
    const b = row[i + 1]!;
    const c = row[i + 2]!;
    const d = row[i + 3]!;
    const e = row[i + 4]!;
    const f = row[i + 5]!;
    const g = row[i + 6]!;
    const h = row[i + 7]!;
    if (a > largest) largest = a;
    if (b > largest) largest = b;
    if (c > largest) largest = c;
    if (d > largest) largest = d;
    if (e > largest) largest = e;
    if (f > largest) largest = f;
    if (g > largest) largest = g;
    if (h > largest) largest = h;
  }
  for (let i = end; i < row.length; i++) if (row[i]! > largest) largest = row[i]!;
  return largest;
}

/** The same scan in calls for parts of the row, whose length is divisible by 8. */
export function maximumScanInChunks(row: Float32Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let begin = 0; begin < row.length; begin += chunkSize) {
    largest = scanChunk(row, begin, Math.min(begin + chunkSize, row.length), largest);
  }
  return largest;
}

function scanChunk(row: Float32Array, begin: number, end: number, before: number): number {
  let largest = before;
  for (let i = begin; i < end; i += 8) {
    const a = row[i]!;
    const b = row[i + 1]!;
    const c = row[i + 2]!;
    const d = row[i + 3]!;
    const e = row[i + 4]!;
    const f = row[i + 5]!;
    const g = row[i + 6]!;
    const h = row[i + 7]!;
    if (a > largest) largest = a;
    if (b > largest) largest = b;
    if (c > largest) largest = c;
    if (d > largest) largest = d;
    if (e > largest) largest = e;
    if (f > largest) largest = f;
    if (g > largest) largest = g;
    if (h > largest) largest = h;
  }
  return largest;
}
