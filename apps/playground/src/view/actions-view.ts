import { generateAtMost } from '../app/generation';
import type { Playground } from '../app/playground';
import { byId } from '../dom/by-id';
import type { RunTo } from '../engine/protocol';
import { tokensOf } from '../tree/token-tree';
import { formatCount, formatNumber } from './format';

export interface ActionsView {
  draw(): void;
  /** Runs as far as the picker says; beams are searched in their own view. */
  generate(): void;
}

/** The verbs: generate up to somewhere, step, stop, undo. */
export function createActionsView(playground: Playground, searchBeams: () => void): ActionsView {
  const buttons = {
    step: byId<HTMLButtonElement>('step'),
    generate: byId<HTMLButtonElement>('generate'),
    stop: byId<HTMLButtonElement>('stop'),
    undo: byId<HTMLButtonElement>('undo'),
  };
  const runTo = byId<HTMLSelectElement>('run-to');

  function generate(): void {
    if (playground.settings.beam) searchBeams();
    else void playground.run(runTo.value as RunTo);
  }
  buttons.step.addEventListener('click', () => void playground.step());
  buttons.generate.addEventListener('click', generate);
  buttons.stop.addEventListener('click', () => playground.stop());
  buttons.undo.addEventListener('click', () => playground.undo());

  return {
    generate,
    draw() {
      const { model, generating, canUndo, settings, error, row } = playground;
      const isReady = model !== undefined && !generating && error === undefined && row !== undefined;
      buttons.step.disabled = !isReady || settings.beam !== undefined;
      buttons.generate.disabled = !isReady;
      buttons.stop.disabled = !generating;
      buttons.undo.disabled = !canUndo;
      runTo.disabled = settings.beam !== undefined;
      byId('summary').textContent = summaryOf(playground);
    },
  };
}

const endings: Partial<Record<NonNullable<Playground['ending']>, string>> = {
  'end-token': 'the model ended the text',
  limit: `paused after ${generateAtMost}`,
  sentence: 'paused behind the sentence',
  fork: 'paused at a fork: no token has half of the probability',
};

function summaryOf({ node, ending, forwards }: Playground): string {
  const taken = tokensOf(node);
  const passes = `${formatCount(forwards)} model ${forwards === 1 ? 'pass' : 'passes'}`;
  if (taken.length === 0) return forwards === 0 ? '' : passes;
  const bits = taken.reduce((sum, token) => sum + token.surprisal, 0) / taken.length;
  const count = `${taken.length} new ${taken.length === 1 ? 'token' : 'tokens'}`;
  const why = ending && endings[ending];
  return `${count} · ${formatNumber(bits)} bits a token · ${passes}${why ? ` · ${why}` : ''}`;
}
