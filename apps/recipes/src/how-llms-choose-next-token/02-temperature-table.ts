import { softmax } from '@nexttoken/numeric';
import { temperature } from '@nexttoken/sampling';

// "What is Temperature Doing?!": the same six logits at temperature 1, 0.1 and 10.
for (const t of [1, 0.1, 10]) {
  const scores = Float32Array.of(6, 2, 7, 0.1, -8, 9);
  temperature(t).process(scores, { ids: [], promptLength: 0, row: 0, batchItem: 0 }, undefined);
  console.log(`temperature = ${t}`);
  console.log('Scaled Logits:', Array.from(scores, (score) => Number(score.toPrecision(3))).join(' '));
  console.log('Softmax-ed Logits:', Array.from(softmax(scores), (share) => share.toExponential(3)).join(' '));
}
