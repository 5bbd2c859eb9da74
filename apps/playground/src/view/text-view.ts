import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import type { Run } from '../state/run';
import { surprisal, type TakenToken } from '../state/text-state';
import { formatNumber, formatPercent } from './format';
import { TextPieces } from './text-pieces';

/** The taken tokens behind the prompt, each underlined by its surprisal. */
export function createTextView(run: Run): () => void {
  const generated = byId('generated');
  const pieces = new TextPieces(run.loaded.tokenizer);
  let shown: readonly TakenToken[] = [];

  generated.addEventListener('click', ({ target }) => {
    const position = [...generated.children].findIndex((child) => child.contains(target as Node));
    if (position >= 0) run.look(position);
  });

  return () => {
    const { taken } = run.text;
    const texts = pieces.of(run.text);
    let same = 0;
    while (same < shown.length && shown[same] === taken[same]) same++;
    while (generated.children.length > same) generated.lastElementChild?.remove();
    for (let index = same; index < taken.length; index++)
      generated.append(tokenElement(run, taken[index]!, texts[index]!));
    shown = taken;
    for (const [index, child] of [...generated.children].entries())
      child.classList.toggle('looked-at', index === run.position);
  };
}

function tokenElement(run: Run, taken: TakenToken, text: string): HTMLElement {
  const bits = surprisal(taken);
  const made = element('span', {
    class: taken.by === 'hand' ? 'taken by-hand' : 'taken',
    title: [
      `${taken.token} · id ${taken.id}`,
      `surprisal ${formatNumber(bits)} bits (raw ${formatPercent(taken.probability)} %)`,
      taken.by === 'hand' ? 'taken by hand' : `share ${formatPercent(taken.share)} %`,
    ].join('\n'),
  });
  const isSpecial = run.loaded.tokenizer.isSpecial(taken.id);
  const word = text.trimStart();
  if (isSpecial || text === '') made.append(element('span', { class: 'ink silent' }, taken.token));
  else
    made.append(
      text.slice(0, text.length - word.length),
      element('span', { class: 'ink' }, word || '\u200b'),
    );
  // 0 bits: a hairline; 8 bits and more: the thickest, darkest line.
  const level = Math.min(1, bits / 8);
  made.style.setProperty('--surprisal', level.toFixed(3));
  return made;
}
