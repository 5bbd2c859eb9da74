import { repetitionPenalty } from '@nexttoken/sampling';

// The notebook's formula, logit / penalty, against the real one: below 0 they go different ways.
const logits = Float32Array.of(3, 0.5, -0.5, -3);
const scores = logits.slice();
const context = { ids: [0, 1, 2, 3], promptLength: 4, row: 0, batchItem: 0 };
repetitionPenalty(1.5).process(scores, context, undefined);
for (const [id, logit] of logits.entries())
  console.log(`logit ${logit}: notebook ${(logit / 1.5).toFixed(2)}, real ${scores[id]!.toFixed(2)}`);
