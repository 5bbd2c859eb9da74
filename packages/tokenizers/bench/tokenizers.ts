import { hasShared } from '@nexttoken/goldens';
import { figure, machineLine, median } from '@nexttoken/workspace/bench';
import { type Encoder, encodersOf } from './peers';
import { benchTexts } from './texts';

const vocabularies = ['gpt2', 'cl100k_base', 'o200k_base', 'smollm2'] as const;
const rounds = 5;
const slice = 120_000;

/** Encodes the same slices of four texts with ours and its peers, one after the other in each round. */
console.log(machineLine());
const texts = benchTexts();
for (const { name, source } of texts)
  console.log(`text ${name}: ${source}, ${rounds} slices of ${slice} units`);
console.log('Each round is another slice; the first one warms up and is not counted. Medians of the others.');

let differing = 0;
for (const vocabulary of vocabularies) {
  if (vocabulary === 'smollm2' && !hasShared) {
    console.log('left out: smollm2, whose tokenizer.json is in the folder `shared`');
    continue;
  }
  const encoders = await encodersOf(vocabulary);
  for (const { name, text } of texts) {
    const speeds = new Map<Encoder, number[]>(encoders.map((encoder) => [encoder, []]));
    for (let round = 0; round <= rounds; round++) {
      const part = trim(text.slice(round * slice, (round + 1) * slice));
      const megabytes = new TextEncoder().encode(part).length / 1e6;
      let expected: ArrayLike<number> | undefined;
      for (const encoder of rotate(encoders, round)) {
        const start = performance.now();
        const ids = await encoder.encode(part);
        const seconds = (performance.now() - start) / 1000;
        if (round > 0) speeds.get(encoder)!.push(megabytes / seconds);
        expected ??= ids;
        if (!same(ids, expected)) {
          differing += 1;
          console.log(`DIFFERS ${vocabulary} ${name} ${encoder.name}: round ${round}`);
        }
      }
    }
    report(vocabulary, name, speeds);
  }
}
console.log(differing === 0 ? 'ids: the same everywhere' : `ids: ${differing} slices differ`);

function report(vocabulary: string, text: string, speeds: ReadonlyMap<Encoder, readonly number[]>): void {
  const [[ours, own], ...others] = [...speeds].map(
    ([encoder, values]) => [encoder, median(values)] as const,
  ) as [readonly [Encoder, number], ...(readonly [Encoder, number])[]];
  const label = (encoder: Encoder) => `${vocabulary}/${text}/${encoder.name}`;
  figure(label(ours), own, 'MB/s');
  for (const [encoder, speed] of others) figure(label(encoder), speed, 'MB/s');
  const best = Math.max(...others.filter(([encoder]) => encoder.javaScript).map(([, speed]) => speed));
  figure(`${vocabulary}/${text}/ours-to-fastest-javascript`, own / best, '×');
}

/** Without halves of characters at the ends. */
function trim(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
}

function rotate<T>(list: readonly T[], by: number): T[] {
  return list.map((_, index) => list[(index + by) % list.length]!);
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
