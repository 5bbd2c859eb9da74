import type { Playground } from '../app/playground';
import { element } from '../dom/element';
import type { ConstraintKind, ConstraintSettings } from '../engine/constraint/constraint-settings';
import { errorText } from './error-text';

const typingPause = 400;

/** What can be asked for, with something to begin with. */
const kinds: Readonly<Record<ConstraintKind, readonly [label: string, example: string]>> = {
  'json-schema': [
    'JSON of a schema',
    JSON.stringify(
      {
        type: 'object',
        properties: {
          animal: { enum: ['cat', 'dog', 'bird'] },
          legs: { type: 'integer', minimum: 0, maximum: 4 },
        },
        required: ['animal', 'legs'],
      },
      null,
      1,
    ),
  ],
  regex: ['a regular expression', ' [A-Z][a-z]+( and [A-Z][a-z]+)?\\.'],
  choice: ['one of some texts, a line each', ' yes\n no\n maybe'],
  grammar: ['a grammar (GBNF, EBNF)', 'root ::= " the " animal "."\nanimal ::= "cat" | "dog" | "bird"'],
};

/** What the text has to keep to: a field in the panel of what is chosen. */
export function createConstraintView(playground: Playground) {
  const options = Object.entries(kinds).map(([value, [label]]) => element('option', { value }, label));
  const kind = element(
    'select',
    { id: 'constraint-kind' },
    element('option', { value: '' }, 'anything'),
    ...options,
  );
  const text = element('textarea', {
    id: 'constraint-text',
    rows: '5',
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: 'none',
    'aria-label': 'What the text has to keep to',
    'aria-describedby': 'constraint-problem',
  });
  const problem = element('p', { id: 'constraint-problem', class: 'problem', role: 'alert' });
  let shown: ConstraintSettings | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  kind.addEventListener('change', () => {
    const wanted = kind.value as ConstraintKind | '';
    if (wanted !== '' && (text.value === '' || text.value === examplesOf(shown?.kind)))
      text.value = kinds[wanted][1];
    void apply();
  });
  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void apply(), typingPause);
  });

  async function apply(): Promise<void> {
    clearTimeout(timer);
    const wanted = kind.value as ConstraintKind | '';
    const constraint = wanted === '' ? undefined : { kind: wanted, text: text.value };
    text.hidden = !constraint;
    const { model, settings } = playground;
    if (JSON.stringify(constraint) === JSON.stringify(settings.constraint)) return;
    try {
      if (constraint && model)
        await playground.engine.call('checkConstraint', { model: model.name, constraint });
    } catch (error) {
      problem.textContent = errorText(error).message;
      text.setAttribute('aria-invalid', 'true');
      return;
    }
    // Somebody typed on.
    if (constraint && (kind.value !== constraint.kind || text.value !== constraint.text)) return;
    problem.textContent = '';
    text.removeAttribute('aria-invalid');
    shown = constraint;
    playground.change({ ...playground.settings, constraint });
  }

  return {
    element: element(
      'section',
      { class: 'constraint' },
      element('label', {}, element('span', {}, 'The text has to be '), kind),
      text,
      problem,
    ),
    draw(): void {
      const { constraint } = playground.settings;
      if (constraint === shown) {
        text.hidden = kind.value === '';
        return;
      }
      shown = constraint;
      kind.value = constraint?.kind ?? '';
      text.value = constraint?.text ?? '';
      text.hidden = !constraint;
    },
  };
}

const examplesOf = (kind: ConstraintKind | undefined): string | undefined => kind && kinds[kind][1];
