import { checkOptionNames } from '@nexttoken/model';
import type { BeamNode, BeamTree } from '../beam-tree/beam-tree-data';
import { foldBeamTree } from '../beam-tree/fold-beam-tree';
import { visibleText } from '../token/visible-text';
import { fitPainted } from './fit-painted';
import { formatLogit, formatProbability } from './format-number';
import { renderTree, type TextTree } from './render-tree';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions, Style } from './style';

export interface RenderBeamTreeOptions extends RenderOptions {
  /** How many pruned candidates are shown beside each run, the best first; an integer >= 0, default 2. */
  readonly pruned?: number | undefined;
}

function mark({ fate }: BeamNode): string {
  return fate === 'finished' ? ' ■' : '';
}

function runLabel(tree: BeamTree, run: readonly number[], style: Style): string {
  const nodes = run.map((index) => tree.nodes[index]!);
  const last = nodes.at(-1)!;
  const text = nodes.map(({ token }) => token).join(' ');
  const result = last.result === undefined ? '' : style.accent(` #${last.result + 1}`);
  const numbers = `${formatLogit(last.cumulative)} ÷ ${last.length}^${tree.lengthPenalty} = ${formatLogit(last.normalised)}`;
  return `${style.heading(text)}${mark(last)}${result}  ${style.quiet(numbers)}`;
}

function prunedLabel({ token, probability, cumulative, why }: BeamNode, style: Style): string {
  return `${style.removed(token)}  ${style.quiet(`${formatProbability(probability)}  ${formatLogit(cumulative)}  ${why}`)}`;
}

/**
 * A beam search for a terminal: a tree of runs (tokens without an alternative that was kept), each with its sum of
 * log-probabilities and the score by length, `■` where it finished, `#1` on the way to a returned text; the best pruned
 * candidates beside them with the reason; the returned texts below.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 */
export function renderBeamTree(tree: BeamTree, options: RenderBeamTreeOptions = {}): string {
  checkOptionNames('renderBeamTree', options, ['color', 'width', 'pruned']);
  const { pruned: limit = 2, ...rendering } = options;
  const { style, width } = resolveRendering(rendering);
  const { runs, roots, pruned } = foldBeamTree(tree);
  const gone = (places: readonly number[]): TextTree[] => {
    const best = [...places].sort((a, b) => tree.nodes[b]!.cumulative - tree.nodes[a]!.cumulative);
    const shown = best.slice(0, limit).map((place) => ({
      label: prunedLabel(tree.nodes[place]!, style),
      children: [],
    }));
    const rest = best.length - shown.length;
    const more = { label: style.quiet(`… ${rest} more pruned`), children: [] };
    return rest > 0 && limit > 0 ? [...shown, more] : shown;
  };
  const runTree = (place: number): TextTree => {
    const { nodes, children, pruned: beside } = runs[place]!;
    return { label: runLabel(tree, nodes, style), children: [...children.map(runTree), ...gone(beside)] };
  };
  const text = renderTree({
    label: style.quiet(`prompt (${tree.nodes.length} candidates in ${tree.steps} steps)`),
    children: [...roots.map(runTree), ...gone(pruned)],
  });
  const results = tree.results.map(
    ({ text: result, score, reason }, rank) =>
      `#${rank + 1}  ${score.toFixed(4)}  ${reason}  ${visibleText(result).replaceAll('␣', ' ')}`,
  );
  const end = tree.end ? [style.quiet(`the search ended: ${tree.end}`)] : [];
  return [...text.split('\n'), ...end, ...results].map((line) => fitPainted(line, width)).join('\n');
}
