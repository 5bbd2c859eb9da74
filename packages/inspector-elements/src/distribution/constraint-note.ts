import { type NextTokenTable, rulesInForce } from '@nexttoken/inspector';
import { html, type TemplateResult } from 'lit';
import { formatCount, formatPercent } from '../element/format';
import { vars } from '../element/vars';
import { stageLabel } from '../sampling-settings/stage-controls';

type Constraint = NonNullable<NextTokenTable['constraints']>[number];

/** What may come, beside what the model thinks of it. */
function allowedText({ allowed, allowedProbability, isComplete, mayEnd }: Constraint): string {
  const tokens = `${formatCount(allowed)} ${allowed === 1 ? 'token' : 'tokens'}`;
  const end = isComplete ? '; nothing may follow' : mayEnd ? '; the text may end here' : '';
  return `allows ${tokens}, which the model itself gave ${formatPercent(allowedProbability)} %${end}`;
}

/** What a grammar says about the next token, as a sentence: for who does not see it. */
export function constraintSentence(constraint: Constraint): string {
  const { processor, rules, forcedText } = constraint;
  const forced = forcedText === '' ? '' : ` The text has to go on with ${JSON.stringify(forcedText)}.`;
  return `${stageLabel(processor)}, in ${rulesInForce(rules)}, ${allowedText(constraint)}.${forced}`;
}

/** Blanks as people see them. */
const seen = (text: string): string => text.replaceAll(' ', '␣').replaceAll('\n', '⏎');

/** The rule in force, and how hard it forces: the bar is what the model gave to what is allowed. */
export function constraintNote(constraint: Constraint): TemplateResult {
  const { processor, rules, allowedProbability, forcedText } = constraint;
  const paths = rules.map((path) => path.join(' › ')).join('\n');
  return html`
    <div class="constraint" part="constraint">
      <p><span class="label">${stageLabel(processor)}</span>, rule in force <code title=${paths}>${rulesInForce(rules)}</code>
        ${forcedText === '' ? '' : html`<span class="forced">has to go on with <code>${seen(forcedText)}</code></span>`}</p>
      <p class="force"><span class="meter" aria-hidden="true"><i ${vars({ '--size': allowedProbability.toFixed(4) })}></i></span>
        ${allowedText(constraint)}</p>
    </div>
  `;
}
