import { invalidParameter, type LogitsProcessor, NextTokenError } from '@nexttoken/model';
import { logSoftmax, reusable } from '@nexttoken/numeric';
import { checkFinite } from '../parameters/check-finite';

const guidanceBuffer = /* @__PURE__ */ reusable((length) => new Float32Array(length));

/**
 * Moves the row away from what the model would say without the prompt: with `s = log_softmax(x)` and
 * `u = log_softmax(guidance)`, `x ← u + scale · (s - u)`, in float32. The guidance is a second row of raw
 * logits (of a negative or empty prompt) that the loop computes along.
 *
 * @param scale a finite number; 1 is neutral (and leaves the scores as they are), 0 gives the guidance
 *   itself, above 1 it moves away from it
 * @returns a processor with `requires.guidance`; removed tokens stay removed
 * @throws NextTokenError `invalid-parameter`; when it runs, `unsupported-capability` without guidance, and
 *   `invalid-parameter` where that row has another length
 *
 * Cost: two softmaxes. Source: Sanchez et al., "Stay on topic with Classifier-Free Guidance", 2023; Hugging Face
 * `UnbatchedClassifierFreeGuidanceLogitsProcessor`.
 */
export function classifierFreeGuidance(scale: number): LogitsProcessor {
  const owner = 'classifierFreeGuidance';
  checkFinite(owner, 'scale', scale);
  const factor = Math.fround(scale);
  return {
    kind: 'processor',
    type: owner,
    parameters: { scale },
    requires: { guidance: true },
    process(scores, { guidance }) {
      if (guidance === undefined) {
        throw new NextTokenError('unsupported-capability', `${owner}: there is no guidance row`, {
          processor: owner,
          capability: 'guidance',
        });
      }
      if (guidance.length !== scores.length) {
        throw invalidParameter(owner, 'guidance.length', guidance.length, `${scores.length}`);
      }
      if (factor === 1) return;
      const unconditional = logSoftmax(guidance, guidanceBuffer(scores.length));
      logSoftmax(scores, scores);
      for (let i = 0; i < scores.length; i++) {
        const u = unconditional[i]!;
        const s = scores[i]!;
        if (s !== Number.NEGATIVE_INFINITY) scores[i] = Math.fround(Math.fround(s - u) * factor) + u;
      }
    },
  };
}
