import { element } from '../dom/element';
import { keyMap } from '../keyboard/key-map';

const keyNames: Readonly<Record<string, string>> = {
  ArrowRight: '→',
  Escape: 'Esc',
  'Control+z': 'Ctrl Z',
  'Control+Z': 'Ctrl Shift Z',
  B: 'Shift B',
};

/** Words of the page, one sentence each. */
const terms: readonly (readonly [term: string, meaning: string])[] = [
  ['token', 'a piece of text that the model counts as one: a word, a part of a word, or single bytes'],
  [
    'raw logit',
    'the model’s own number for a token; only differences count: 1 more is e ≈ 2.7 times as likely',
  ],
  ['probability', 'softmax of the raw logits: exp(logit) over the sum of all'],
  ['share', 'probability after all processors: what the draw goes by'],
  ['surprisal', '−log₂ of the raw probability, in bits: the thicker the underline, the less expected'],
  ['entropy', 'the surprisal to be expected, in bits: 0 where one token is sure, 1 where two are equal'],
  ['fork', 'a step at which no token has half of the probability'],
  ['u', 'the random number of a step; seed and step decide it, so the sliders can move while the luck stays'],
  ['branch', 'another text from the same beginning; taking a token anywhere begins one, and none is lost'],
];

/** Fills the help: what the page is about, its keys, its words. */
export function fillHelp(dialog: HTMLDialogElement): void {
  const pairs = (kind: string, entries: readonly (readonly [(Node | string)[], string])[]) =>
    element(
      'dl',
      { class: kind },
      ...entries.map(([term, words]) =>
        element('div', {}, element('dt', {}, ...term), element('dd', {}, words)),
      ),
    );
  const keys = keyMap.map(({ keys: names, words }) => {
    const shown = names.flatMap((name) => [element('kbd', {}, keyNames[name] ?? name), ' ']);
    return [shown, words] as const;
  });
  dialog.replaceChildren(
    element('h2', { id: 'help-title' }, 'One sentence, one step'),
    element(
      'p',
      {},
      'A language model repeats one step: given these tokens, how likely is each of its tokens to come next? ' +
        'The table shows the answer. Then the processors reshape it, and one token is drawn.',
    ),
    element(
      'div',
      { class: 'help-columns' },
      pairs('keys', keys),
      pairs(
        'terms',
        terms.map(([term, meaning]) => [[term], meaning] as const),
      ),
    ),
    element(
      'p',
      { class: 'note' },
      'Everything runs in this page, and no text leaves it. Only a model that you ask for by its id is fetched, from the hub.',
    ),
    element('form', { method: 'dialog' }, element('button', { type: 'submit' }, 'Close')),
  );
}
