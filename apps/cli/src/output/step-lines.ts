import type { TokenizationTrace, TraceStep } from '@nexttoken/model';
import { escapeControls } from '../terminal/escape-controls';

const shown = (texts: readonly string[]): string =>
  texts
    .map((text) => escapeControls(text).replaceAll('\n', '⏎').replaceAll(' ', '␣') || '‹empty›')
    .join(' · ');

function linesOf(step: TraceStep): string[] {
  if (step.step === 'added-tokens') {
    const where = step.normalized ? ' in the normalized text' : '';
    return [`added tokens${where}: ${shown(step.pieces.map(({ text }) => text))}`];
  }
  if (step.step === 'normalizer' || step.step === 'pre-tokenizer') {
    return [`${step.step} ${step.type}: ${shown(step.pieces.map(({ text }) => text))}`];
  }
  if (step.step === 'post-processor') {
    return [`post-processor ${step.type}: ${shown(step.tokens.map(({ token }) => token))}`];
  }
  return step.words.flatMap(({ text, merges = [], tokens }) => [
    `${step.type} ${shown([text])}: ${shown(tokens.map(({ token }) => token))}`,
    ...merges.map(
      ({ left, right, merged, rank }) =>
        `    ${shown([left])} + ${shown([right])} → ${shown([merged])}  (merge ${rank})`,
    ),
  ]);
}

/** Every step from a text to its tokens, as lines. */
export function stepLines({ steps }: TokenizationTrace): string[] {
  return steps.flatMap(linesOf);
}
