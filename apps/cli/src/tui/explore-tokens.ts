import { nextTokenTable, probabilityOf } from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import { NextTokenError } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { chain } from '@nexttoken/sampling';
import type { Sampling } from '../model/read-sampling';
import { escapeControls } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';
import { drawView, type ViewState } from './draw-view';
import { RowReader } from './row-reader';
import { emptyTree, goAside, goBack, goOn, pathOf, putToken, type TokenTree } from './token-tree';

const candidateCount = 10;
const manySteps = 16;

/** What is needed to move through the tree. */
interface Exploration {
  readonly loaded: LoadedModel;
  readonly promptIds: readonly number[];
  readonly reader: RowReader;
  readonly sampling: Sampling;
  readonly signal: AbortSignal;
}

const idsAt = ({ promptIds }: Exploration, tree: TokenTree): number[] => [
  ...promptIds,
  ...pathOf(tree).map((place) => tree.tokens[place]!.id),
];

async function rowAt(exploration: Exploration, tree: TokenTree) {
  const ids = idsAt(exploration, tree);
  const logits = await exploration.reader.rowBehind(ids, exploration.signal);
  const context = { ids, promptLength: exploration.promptIds.length, row: 0, batchItem: 0 };
  return { logits, context };
}

/** What to say where no further token fits; `undefined` where one does. */
function fullMessage(exploration: Exploration, tree: TokenTree): string | undefined {
  const { contextLength } = exploration.loaded.model.capabilities;
  const isFull = idsAt(exploration, tree).length >= contextLength;
  return isFull ? `the context of ${contextLength} tokens is full` : undefined;
}

/** Lets the sampler choose. @returns the tree behind it, or what ended the text */
async function step(
  exploration: Exploration,
  tree: TokenTree,
  random: ReturnType<typeof createRandom>,
): Promise<TokenTree | string> {
  const { sampling } = exploration;
  const full = fullMessage(exploration, tree);
  if (full !== undefined) return full;
  const { logits, context } = await rowAt(exploration, tree);
  const scores = logits.slice();
  const processors = chain(...(sampling.processors ? [sampling.processors] : []));
  const states = context.ids
    .slice(context.promptLength)
    .reduce((state, id) => processors.accept(state, id), processors.initialState());
  processors.process(scores, { ...context, random }, states);
  const { id } = sampling.sampler.sample(scores, { random, row: 0 }, sampling.sampler.initialState?.());
  return putToken(tree, id, probabilityOf(logits, id));
}

function titleOf({ loaded, sampling }: Exploration): string {
  const stages = sampling.processors ? sampling.processors.parameters : {};
  const names = Array.isArray(stages.processors)
    ? stages.processors.map(({ type, parameters }) => `${type} ${Object.values(parameters)[0]}`)
    : [];
  const chosen = sampling.seed === undefined ? 'greedy' : `seed ${sampling.seed}`;
  return [loaded.source.name, ...names, chosen].join(' · ');
}

/**
 * Walks through what a model would write, token by token, in the terminal: step, see the alternatives, branch, come back.
 * @throws NextTokenError `unsupported-option` where there is no terminal
 */
export async function exploreTokens(
  loaded: LoadedModel,
  prompt: Int32Array,
  { terminal, sampling }: { readonly terminal: Terminal; readonly sampling: Sampling },
): Promise<void> {
  const { model, tokenizer, generationConfig } = loaded;
  const { signal, style } = terminal;
  const screen = terminal.openScreen();
  if (!screen) {
    throw new NextTokenError('unsupported-option', '--tui needs a terminal for input and output', {
      option: '--tui',
    });
  }
  const session = await model.createSession();
  const exploration: Exploration = {
    loaded,
    promptIds: [...prompt],
    reader: new RowReader(model, session),
    sampling,
    signal,
  };
  const random = createRandom(sampling.seed ?? 0);
  let tree = emptyTree;
  let selected = 0;
  let message = '';
  let help = false;

  const draw = async (): Promise<ViewState['table']> => {
    const { logits, context } = await rowAt(exploration, tree);
    const top = Math.min(candidateCount, Math.max(1, screen.rows - 9));
    const { processors } = sampling;
    const table = nextTokenTable(logits, tokenizer, { top, processors, context });
    selected = Math.min(selected, table.rows.length - 1);
    const state = {
      promptIds: exploration.promptIds,
      tree,
      table,
      selected,
      title: titleOf(exploration),
      message,
      help,
    };
    screen.draw(drawView(state, tokenizer, style, screen.columns, screen.rows));
    return table;
  };

  /** @returns whether there is more to do */
  const press = async (key: string, table: ViewState['table']): Promise<boolean> => {
    message = '';
    if (['q', 'escape', 'ctrl-c', 'ctrl-d'].includes(key)) return false;
    const before = tree;
    if (key === 'up') selected = Math.max(0, selected - 1);
    if (key === 'down') selected = Math.min(table.rows.length - 1, selected + 1);
    if (key === '?') help = !help;
    if (key === 'left' || key === 'backspace') tree = goBack(tree);
    if (key === 'right') tree = goOn(tree);
    if (key === '[' || key === ']') tree = goAside(tree, key === ']' ? 1 : -1);
    if (key === 'enter') {
      const { id, probability } = table.rows[selected]!;
      const full = fullMessage(exploration, tree);
      if (full === undefined) tree = putToken(tree, id, probability);
      else message = full;
    }
    if (key === 'space' || key === 'g') {
      for (let count = key === 'g' ? manySteps : 1; count > 0 && !signal.aborted; count--) {
        const next = await step(exploration, tree, random);
        if (typeof next === 'string') message = next;
        else tree = next;
        const last = tree.at === undefined ? undefined : tree.tokens[tree.at]!.id;
        if (last !== undefined && generationConfig.endTokenIds.includes(last)) message = 'an end token';
        if (message !== '') break;
        if (count > 1) await draw();
      }
    }
    if (tree !== before) selected = 0;
    return true;
  };

  try {
    let table = await draw();
    for await (const key of screen.keys) {
      if (signal.aborted || !(await press(key, table))) break;
      table = await draw();
    }
  } finally {
    screen.close();
    await session.dispose();
  }
  terminal.print(
    `${escapeControls(tokenizer.decode(idsAt(exploration, tree), { skipSpecialTokens: true }))}\n`,
  );
}
