import { displayToken } from '@nexttoken/inspector';
import { softmax } from '@nexttoken/numeric';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import type { Choice } from '../state/choose';
import type { Run } from '../state/run';
import { formatPercent } from './format';

/** Narrower shares are drawn as background. */
const narrowest = 0.004;

/** In pixels, of the small monospace. */
const characterWidth = 7.5;

/** The shares side by side in the order of the ids, as the draw walks through them, and where u points. */
export function createDrawView(run: Run): (choice: Choice) => void {
  const bar = byId('cumulative');
  const luck = byId('luck');

  return ({ id, draw, scores, share }) => {
    const { tokenizer } = run.loaded;
    const token = displayToken(tokenizer, id);
    luck.textContent = draw === undefined ? `→ ${token}` : `u = ${draw.toFixed(3)} → ${token}`;
    bar.setAttribute(
      'aria-label',
      draw === undefined
        ? `greedy takes the largest share, ${token}`
        : `u = ${draw.toFixed(3)} points at ${token}, whose share is ${formatPercent(share)} %`,
    );
    const shares = softmax(scores);
    const parts: HTMLElement[] = [];
    let start = 0;
    for (let other = 0; other < shares.length; other++) {
      const width = shares[other]!;
      if (width >= narrowest || other === id) {
        const part = element('i', {
          class: other === id ? 'part hit' : 'part',
          title: `${displayToken(tokenizer, other)} ${formatPercent(width)} %`,
        });
        part.style.setProperty('--start', start.toFixed(5));
        part.style.setProperty('--size', width.toFixed(5));
        const name = displayToken(tokenizer, other);
        if (width * bar.clientWidth > name.length * characterWidth + 12)
          part.append(element('span', {}, name));
        parts.push(part);
      }
      start += width;
    }
    if (draw !== undefined) {
      const needle = element('i', { class: 'needle' });
      needle.style.setProperty('--start', draw.toFixed(5));
      parts.push(needle);
    }
    bar.replaceChildren(...parts);
  };
}
