import { goldenFloats, hasShared, readGolden } from '@nexttoken/goldens';
import { createRandom } from '@nexttoken/numeric';

export const vocabSize = 151_936;

const random = createRandom(1);
const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** A real model's next-token row, repeated until it is as wide as the others. */
function realRow(): Float32Array | undefined {
  if (!hasShared) return undefined;
  const { cases } = readGolden<{ cases: { logits?: Parameters<typeof goldenFloats>[0] }[] }>(
    'smollm2/next.json',
  );
  const logits = goldenFloats(cases.find((recorded) => recorded.logits !== undefined)!.logits!);
  return Float32Array.from({ length: vocabSize }, (_, id) => logits[id % logits.length]!);
}

/** The rows that are measured, by name; seeded. */
export function benchmarkRows(): ReadonlyMap<string, Float32Array> {
  const rows = new Map<string, Float32Array>([
    ['normal', Float32Array.from({ length: vocabSize }, () => 3 * normal())],
    // Two thirds of the mass on one token, a few dozen share the rest, the bulk lies far below.
    [
      'peaked',
      Float32Array.from({ length: vocabSize }, (_, id) => {
        if (id === 4242) return 22;
        return random.next() < 3e-4 ? 12 + 6 * random.next() : 2 * normal();
      }),
    ],
  ]);
  const real = realRow();
  if (real === undefined) console.log('skipped row real: the shared answers of SmolLM2 are not here');
  else rows.set('real', real);
  return rows;
}
