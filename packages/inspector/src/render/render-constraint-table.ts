import type { ConstraintRow, ConstraintTable } from '../constraint/constraint-table';
import { rulesInForce } from '../constraint/rules-in-force';
import { visibleText } from '../token/visible-text';
import { bar } from './bar';
import { formatBits, formatCount, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions, Style } from './style';

const ruleOf = ({ constraint }: ConstraintRow): string =>
  constraint ? visibleText(rulesInForce(constraint.rules)).replaceAll('␣', ' ') : 'has to follow';

function constraintColumns(style: Style): Column<ConstraintRow>[] {
  return [
    { header: 'step', align: 'right', cell: ({ step }) => String(step), paint: () => style.quiet },
    { header: 'token', align: 'left', cell: ({ token }) => token, least: 8 },
    { header: 'rule in force', align: 'left', cell: ruleOf, least: 12, paint: () => style.warning },
    {
      header: 'allowed',
      align: 'right',
      cell: ({ constraint }) => (constraint ? formatCount(constraint.allowed) : '-'),
    },
    {
      header: 'model gave them',
      align: 'right',
      cell: ({ constraint }) => (constraint ? formatProbability(constraint.allowedProbability) : '-'),
    },
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 20,
      cell: ({ constraint }, width) => (constraint ? bar(constraint.allowedProbability, width) : ''),
      paint: () => style.accent,
    },
  ];
}

/**
 * How a grammar led a text, for a terminal: step, token, the rule in force, how many tokens it allowed and how probable
 * they were to the model itself; below it how many had to follow, and how many bits were forced.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderConstraintTable(table: ConstraintTable, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const { rows, chosen, appended, forcing, hardest } = table;
  const lines = renderTable(constraintColumns(style), rows, width, style);
  lines.push(
    style.quiet(
      `${formatCount(chosen)} chosen, ${formatCount(appended)} had to follow; forced by ${formatBits(forcing)} bits`,
    ),
  );
  if (hardest?.constraint && hardest.forcing! > 0) {
    const where = `${hardest.token} in ${ruleOf(hardest)}`;
    lines.push(
      style.quiet(
        `forced hardest: ${where}, where the model gave ${formatProbability(hardest.constraint.allowedProbability)}`,
      ),
    );
  }
  return lines.join('\n');
}
