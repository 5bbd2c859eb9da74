import { nextTokenTable } from '@nexttoken/inspector';
import { byId } from '../dom/by-id';
import { listenToKeys } from '../keyboard/listen-to-keys';
import { generateAtMost, type Run } from '../state/run';
import { processorsOf } from '../state/settings';
import { surprisal } from '../state/text-state';
import { createDrawView } from './draw-view';
import { formatNumber, formatPercent } from './format';
import { showNotice } from './notice-view';
import { createPromptView } from './prompt-view';
import { createSlidersView } from './sliders-view';
import { liveText } from './status-text';
import { createTableView, tableSize } from './table-view';
import { createTextView } from './text-view';

/** Connects a live run to the page's markup. @returns what draws the page anew */
export function connectPage(run: Run, openModels: () => void): () => void {
  const views = {
    prompt: createPromptView(run),
    text: createTextView(run),
    table: createTableView(run),
    sliders: createSlidersView(run),
    draw: createDrawView(run),
  };
  const buttons = {
    step: byId<HTMLButtonElement>('step'),
    generate: byId<HTMLButtonElement>('generate'),
    stop: byId<HTMLButtonElement>('stop'),
    undo: byId<HTMLButtonElement>('undo'),
  };
  buttons.step.addEventListener('click', () => void run.step());
  buttons.generate.addEventListener('click', () => void run.generate());
  buttons.stop.addEventListener('click', () => run.stop());
  buttons.undo.addEventListener('click', () => run.undo());
  listenToKeys({
    step: () => void run.step(),
    generate: () => void run.generate(),
    stop: () => run.stop(),
    undo: () => run.undo(),
    redo: () => run.redo(),
    lookBack: () => run.look(Math.max(0, run.position - 1)),
    lookForward: () => run.look(run.position + 1),
    edit: () => byId('prompt').focus(),
    models: openModels,
    help: () => byId<HTMLDialogElement>('help').showModal(),
  });

  return () => {
    const { row, context } = run;
    buttons.step.disabled = run.generating || run.error !== undefined;
    buttons.generate.disabled = run.generating || run.error !== undefined;
    buttons.stop.disabled = !run.generating;
    buttons.undo.disabled = !run.canUndo;
    byId('status').textContent = liveText(run.loaded, run.tokensPerSecond);
    byId('summary').textContent = summaryOf(run);
    announce(run);
    views.prompt();
    views.text();
    let { error } = run;
    if (row && error === undefined) {
      try {
        const choice = run.choice()!;
        const table = nextTokenTable(row, run.loaded.tokenizer, {
          top: tableSize,
          processors: processorsOf(run.settings),
          context,
        });
        views.table(table, choice);
        views.sliders(table);
        views.draw(choice);
      } catch (problem) {
        error = problem;
      }
    }
    document.body.classList.toggle('waiting', !row && error === undefined);
    document.body.classList.toggle('stale', error !== undefined);
    showNotice(error, run.canUndo ? { label: 'Undo', act: () => run.undo() } : undefined);
  };
}

/** Says, for those who do not see the table, what was taken; while generating only the end. */
function announce({ text, generating }: Run): void {
  const last = text.taken.at(-1);
  const announcement = byId('announcement');
  const words = last && !generating ? `took ${last.token}, raw ${formatPercent(last.probability)} %` : '';
  if (announcement.textContent !== words) announcement.textContent = words;
}

function summaryOf({ text, ending }: Run): string {
  const { taken } = text;
  if (taken.length === 0) return '';
  const bits = taken.reduce((sum, token) => sum + surprisal(token), 0) / taken.length;
  const count = `${taken.length} new ${taken.length === 1 ? 'token' : 'tokens'}`;
  const why = { 'end-token': ' · the model ended the text', limit: ` · paused after ${generateAtMost}` };
  return `${count} · ${formatNumber(bits)} bits a token${ending ? why[ending] : ''}`;
}
