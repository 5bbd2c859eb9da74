import { displayToken, type NextTokenTable } from '@nexttoken/inspector';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import type { Choice } from '../state/choose';
import type { Run } from '../state/run';
import { formatCount, formatNumber, formatPercent } from './format';
import { TableRow } from './table-row';

export const tableSize = 14;

/** What a full bar may mean: the smallest that holds the longest one. */
const scales = [0.05, 0.1, 0.25, 0.5, 1];

/** The table of candidates; a click takes one. */
export function createTableView(run: Run) {
  const body = byId('rows');
  const others = byId('others');
  const note = byId('next-note');
  const rows = Array.from({ length: tableSize }, () => new TableRow((id) => run.take(id)));
  body.replaceChildren(...rows.map((row) => row.element));
  const back = element('button', { type: 'button', class: 'link' }, 'back to the end');
  back.addEventListener('click', () => run.look(undefined));

  let shown: Float32Array | undefined;

  return (table: NextTokenTable, choice: Choice): void => {
    body.classList.toggle('same-row', shown === run.row);
    shown = run.row;
    const longest = Math.max(...table.rows.map(({ probability, share = 0 }) => Math.max(probability, share)));
    const fullShare = scales.find((scale) => scale >= longest) ?? 1;
    const logits = table.rows.map(({ logit }) => logit);
    const scale = { fullShare, lowestLogit: Math.min(...logits), highestLogit: Math.max(...logits) };
    const past = run.text.taken[run.position];
    const markedId = past?.id ?? choice.id;
    const mark = past ? 'taken' : 'next';
    rows.forEach((row, index) => {
      const data = table.rows[index];
      row.element.hidden = data === undefined;
      if (data) row.fill(data, scale, data.id === markedId ? mark : '');
    });
    byId('scale').textContent = `0 – ${fullShare * 100} %`;
    const { count, probability, share = probability } = table.others;
    const isShown = table.rows.some(({ id }) => id === markedId);
    const hidden = isShown ? '' : ` · ${mark}: ${displayToken(run.loaded.tokenizer, markedId)}, further down`;
    others.textContent = `others: ${formatCount(count)} tokens, ${formatPercent(share)} % (raw ${formatPercent(probability)} %)${hidden}`;
    const entropy = `${formatNumber(table.entropy)} bits of raw entropy`;
    if (past) note.replaceChildren(`before ${past.token} · `, back);
    else note.replaceChildren(entropy);
  };
}
