import { type NextTokenTable, renderNextTokenTable, sparkline, surprisalOf } from '@nexttoken/inspector';
import type { Tokenizer } from '@nexttoken/model';
import { tokenName } from '../output/token-name';
import { escapeControls } from '../terminal/escape-controls';
import type { Style } from '../terminal/style';
import { childrenOf, pathOf, type TokenTree } from './token-tree';
import { wrapPieces } from './wrap-pieces';

/** All that a frame shows. */
export interface ViewState {
  readonly promptIds: readonly number[];
  readonly tree: TokenTree;
  readonly table: NextTokenTable;
  /** Which row of the table is chosen. */
  readonly selected: number;
  readonly title: string;
  readonly message: string;
  readonly help: boolean;
}

const shortKeys = '↑↓ choose  ⏎ take  space step  g 16 steps  ←→ back, on  [ ] branches  ? help  q quit';
const longKeys = [
  '↑ ↓        choose among the candidates',
  '⏎          put the chosen one here: another branch; what was here stays',
  'space      let the sampler choose the next token',
  'g          sixteen such steps',
  '← backspace  one token back',
  '→          on to what was put here last',
  '[ ]        the previous, the next branch at this place',
  'q escape   quit; the text is printed',
];

/** The text of some ids behind others, as far as it is whole. */
function textBehind(tokenizer: Tokenizer, before: readonly number[], id: number): string {
  const shorter = tokenizer.decode(before);
  const longer = tokenizer.decode([...before, id]);
  return longer.startsWith(shorter) ? longer.slice(shorter.length) : (tokenizer.tokenOf(id) ?? '');
}

function textLines(state: ViewState, tokenizer: Tokenizer, style: Style, width: number): string[] {
  const { tree, promptIds } = state;
  const path = pathOf(tree);
  const ids = [...promptIds];
  const pieces = [{ text: escapeControls(tokenizer.decode(ids)), paint: style.dim }];
  for (const place of path) {
    const { id, probability } = tree.tokens[place]!;
    const paint = (text: string): string => style.probability(text, probability);
    pieces.push({ text: escapeControls(textBehind(tokenizer, ids, id)), paint });
    ids.push(id);
  }
  return wrapPieces([...pieces, { text: '▏', paint: style.accent }], width);
}

function branchLine({ tree }: ViewState, tokenizer: Tokenizer, style: Style): string {
  const here = childrenOf(tree, tree.at).map((place) => tokenName(tokenizer, tree.tokens[place]!.id));
  const parent = tree.at === undefined ? undefined : tree.tokens[tree.at]!.parent;
  const siblings = tree.at === undefined ? [] : childrenOf(tree, parent);
  const place = tree.at === undefined ? '' : `branch ${siblings.indexOf(tree.at) + 1} of ${siblings.length}`;
  const below = here.length > 0 ? `tried here: ${here.map(escapeControls).join('  ')}` : '';
  return style.dim([place, below].filter((part) => part !== '').join('   '));
}

/**
 * One frame: the text so far, coloured by probability, a line of surprisals, the candidates, the branches, the keys.
 * The text gets what the rest leaves, its end first.
 * @returns lines, no more than `rows`
 */
export function drawView(
  state: ViewState,
  tokenizer: Tokenizer,
  style: Style,
  columns: number,
  rows: number,
): string[] {
  const { tree, table, selected, title, message, help } = state;
  const width = Math.max(1, columns);
  const path = pathOf(tree);
  const bits = path.map((place) => surprisalOf(tree.tokens[place]!.probability));
  const rendered = renderNextTokenTable(
    { rows: table.rows, others: table.others, vocabSize: table.vocabSize, entropy: table.entropy },
    { color: style.colours, width: Math.max(40, columns - 2) },
  ).split('\n');
  const candidates = rendered.map(
    (line, index) => `${index - 1 === selected ? style.accent('›') : ' '} ${line}`,
  );
  const above = [
    style.bold(title),
    style.dim(
      `${path.length} new tokens${bits.length > 0 ? `  ${sparkline(bits, Math.min(40, width - 20))} bits` : ''}`,
    ),
  ];
  const below = [
    branchLine(state, tokenizer, style),
    ...(help ? longKeys : [shortKeys]).map(style.dim),
    message,
  ];
  const room = Math.max(1, rows - above.length - candidates.length - below.length - 2);
  const text = textLines(state, tokenizer, style, width).slice(-room);
  return [...above, '', ...text, '', ...candidates, ...below].slice(0, rows);
}
