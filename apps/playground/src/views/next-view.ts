import '@nexttoken/inspector-elements/distribution';
import '@nexttoken/inspector-elements/sampling-panel';
import '@nexttoken/inspector-elements/timeline';
import { actionButton } from '../dom/action-button';
import { element } from '../dom/element';
import { tokensOf } from '../tree/token-tree';
import { createConstraintView } from '../view/constraint-view';
import type { View, ViewHost } from './view';

/** The next token and how it is chosen: the first view. */
export function createNextView({ playground }: ViewHost): View {
  const distribution = element('nt-distribution');
  const panel = element('nt-sampling-panel');
  const constraint = createConstraintView(playground);
  panel.append(constraint.element);
  const timeline = element('nt-timeline');
  const note = element('p', { class: 'note step-note', slot: 'actions' });
  const sheet = actionButton('Adjust', toggle, { class: 'sheet', 'aria-expanded': 'false' });
  const chosen = element('section', { class: 'chosen' }, sheet, panel);
  distribution.append(note);
  const next = element('section', { class: 'next' }, distribution);
  const past = element('section', { class: 'past', 'aria-label': 'Steps so far' }, timeline);

  function toggle(): void {
    const isOpen = chosen.classList.toggle('open');
    sheet.setAttribute('aria-expanded', String(isOpen));
    sheet.textContent = isOpen ? 'Close' : 'Adjust';
    if (isOpen) next.scrollIntoView();
  }

  distribution.addEventListener('nt-candidate-choose', ({ detail }) => void playground.take(detail.id));
  distribution.addEventListener('nt-search', ({ detail }) => playground.find(detail.query));
  panel.addEventListener('nt-sampling-change', ({ detail }) => playground.change(detail.settings));
  panel.addEventListener('nt-stage-preview', ({ detail }) => {
    distribution.litStage = detail.stage;
  });
  timeline.addEventListener('nt-step-select', ({ detail }) => playground.look(detail.index));

  const back = actionButton('back to the end', () => playground.look(undefined), { class: 'link' });

  return {
    element: element('div', { class: 'view' }, element('div', { class: 'bands' }, next, chosen), past),
    draw() {
      const { row, settings, node, position, generating } = playground;
      const taken = tokensOf(node);
      constraint.draw();
      panel.settings = settings;
      panel.scope = generating ? 'from here on' : 'this step';
      if (row) {
        const { table, reading } = row.shaped;
        const looked = taken[position];
        distribution.table = table;
        distribution.found = row.shaped.found;
        distribution.chosen = looked?.id ?? reading.chosen.id;
        distribution.chosenMark = looked ? 'taken' : 'next';
        panel.reading = reading;
        if (looked) note.replaceChildren(`before ${looked.token} · `, back);
        else note.replaceChildren();
      }
      timeline.steps = taken.map((token) => ({
        token: token.token,
        surprisal: token.surprisal,
        entropy: token.entropy,
        milliseconds: token.milliseconds,
        marks: token.leading < 0.5 ? ['fork'] : [],
      }));
      timeline.selected = position < taken.length ? position : undefined;
      past.hidden = taken.length === 0;
    },
    table: () => {
      const { table } = playground.row?.shaped ?? {};
      return (
        table && [
          ['rank', 'id', 'token', 'raw logit', 'probability', 'score', 'share', 'removed by'],
          ...table.rows.map(({ rank, id, token, logit, probability, score, share, removedBy }) => [
            rank,
            id,
            token,
            logit,
            probability,
            score === undefined || score === Number.NEGATIVE_INFINITY ? '' : score,
            share ?? '',
            removedBy ?? '',
          ]),
        ]
      );
    },
    svg: () => distribution.toSvg(),
  };
}
