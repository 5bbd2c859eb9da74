import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generate } from '@nexttoken/generate';
import { load } from '@nexttoken/load';
import { categorical, temperature } from '@nexttoken/sampling';

// Writes tales-wrote.txt anew, one text a line: npx tsx --conditions=@nexttoken/source src/ngram/make-corpus.ts
const rows = 16;
const rounds = 40;
const beginnings = [
  'Once',
  'One',
  'The capital of',
  'A',
  'Question:',
  'The',
  'There was',
  'In',
  'Tom',
  'What',
];

const { model, tokenizer, dispose } = await load('tales');
const texts: string[] = [];
for (let round = 0; round < rounds; round++) {
  const prompts = Array.from(
    { length: rows },
    (_, row) => beginnings[(round * rows + row) % beginnings.length]!,
  );
  const written = prompts.slice();
  const events = generate({
    model,
    tokenizer,
    prompts,
    seeds: prompts.map((_, row) => round * rows + row),
    processors: [temperature(0.9)],
    sampler: categorical(),
    maxNewTokens: 160,
  });
  for await (const event of events) if (event.type === 'finish') written[event.row] += event.text;
  texts.push(...written.map((text) => text.replace(/\s+/g, ' ').trim()));
}
await dispose();
const place = fileURLToPath(new URL('tales-wrote.txt', import.meta.url));
await writeFile(place, `${[...new Set(texts)].join('\n')}\n`);
console.info(`${texts.length} texts, ${texts.join('\n').length} characters`);
