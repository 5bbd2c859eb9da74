import { readFileSync } from 'node:fs';

// `naive-maps.ts CORPUS N`: the naive program word for word with Maps; one JSON line with seconds and peak RSS.
const [path, n] = [process.argv[2]!, Number(process.argv[3])];
const sentences = readFileSync(path, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(' '));
const start = performance.now();
const table = new Map<string, Map<string, number>>();
for (const sentence of sentences) {
  for (let begin = 0; begin < sentence.length; begin++) {
    let prefix = '';
    for (let offset = 0; offset < n && begin + offset < sentence.length; offset++) {
      const token = sentence[begin + offset]!;
      let counts = table.get(prefix);
      if (!counts) {
        counts = new Map();
        table.set(prefix, counts);
      }
      counts.set(token, (counts.get(token) ?? 0) + 1);
      prefix += (prefix ? ' ' : '') + token;
    }
  }
}
const sorted = new Map<string, [string, number][]>();
for (const [prefix, counts] of table) {
  sorted.set(
    prefix,
    [...counts].sort((a, b) => b[1] - a[1]),
  );
  table.delete(prefix);
}
const seconds = (performance.now() - start) / 1000;
console.log(
  JSON.stringify({ seconds, peak_mib: process.resourceUsage().maxRSS / 1024, prefixes: sorted.size }),
);
