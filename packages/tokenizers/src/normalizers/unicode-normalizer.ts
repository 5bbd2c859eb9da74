import type { AlignedText } from '../text/aligned-text';
import { createChangeList } from '../text/change-list';
import { canonicalOrder, isStarter } from './canonical-order';
import type { Normalizer } from './normalizer';

/** So many marks in a row take the platform's own normalization quadratic time. */
const longRun = /[\p{M}\uff9e\uff9f]{100}/u;

export type NormalizationForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/**
 * Unicode's normalization forms. The text is the platform's own `normalize`; the alignment follows the standard's
 * algorithm (UAX #15: decompose, order the marks, compose): a composed character stands for the first of its
 * parts, the parts of a decomposed one for all of it.
 */
export function unicodeNormalizer(form: NormalizationForm): Normalizer {
  const decomposed = form.length === 4 ? 'NFKD' : 'NFD';
  return {
    type: form,
    normalize(source) {
      if (longRun.test(source.text)) return align(source, decomposed, form.endsWith('C'));
      const text = source.text.normalize(form);
      if (text === source.text) return source;
      if (!source.tracked) return { ...source, text };
      return align(source, decomposed, form.endsWith('C'));
    },
  };
}

function align(source: AlignedText, form: NormalizationForm, composing: boolean): AlignedText {
  const changes = createChangeList(source);
  const out = composing ? createComposer(changes.push) : { push: changes.push, end: () => {} };
  let run: { character: string; change: number }[] = [];
  const endRun = () => {
    if (run.length > 1) run.sort((a, b) => canonicalOrder(a.character, b.character));
    for (const { character, change } of run) out.push(character, change);
    run = [];
  };
  for (const character of source.text) {
    let change = 0;
    for (const part of character < '\u00a0' ? character : character.normalize(form)) {
      if (isStarter(part)) endRun();
      run.push({ character: part, change });
      if (isStarter(part)) endRun();
      change = 1;
    }
  }
  endRun();
  out.end();
  return changes.finish();
}

/** Puts marks and their base together where Unicode has one character for both. */
function createComposer(emit: (character: string, change: number) => void) {
  let base: { character: string; change: number } | undefined;
  let marks: { character: string; change: number }[] = [];
  const end = () => {
    if (base !== undefined) emit(base.character, base.change);
    for (const mark of marks) emit(mark.character, mark.change);
    base = undefined;
    marks = [];
  };
  return {
    push(character: string, change: number) {
      const starter = isStarter(character);
      if (base !== undefined) {
        const before = marks[marks.length - 1]?.character;
        const blocked = before !== undefined && (starter || canonicalOrder(before, character) >= 0);
        const composed = blocked ? '' : (base.character + character).normalize('NFC');
        if (composed !== '' && composed.length <= 2 && [...composed].length === 1) {
          base = { character: composed, change: base.change + change - 1 };
          return;
        }
        if (!starter) {
          marks.push({ character, change });
          return;
        }
        end();
      }
      if (starter) base = { character, change };
      else emit(character, change);
    },
    end,
  };
}
