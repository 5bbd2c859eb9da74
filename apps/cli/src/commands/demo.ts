import { performance } from 'node:perf_hooks';
import { displayToken, nextTokenTable, renderNextTokenTable } from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import { categorical, temperature, topP } from '@nexttoken/sampling';
import { modelFlags } from '../arguments/flags';
import { nextLogits } from '../model/next-logits';
import { modelName, withModel } from '../model/with-model';
import { streamTokens } from '../output/stream-tokens';
import { tokenColumns } from '../output/token-columns';
import { wrapWords } from '../output/wrap-words';
import { escapeControls } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';
import type { Command } from './command';

const prompt = 'The capital of France is';
const beginning = 'Once upon a time';
const drawn = { temperature: 0.7, topP: 0.9, seed: 42 };

export const demo: Command = {
  name: 'demo',
  summary: 'a short walk: from a text to tokens, logits, probabilities and more text',
  usage: '[flags]',
  flags: [...modelFlags],
  prepare: (args, terminal) => async () => {
    const { style } = terminal;
    terminal.print(`\n${style.bold('nexttoken')}  which token comes next?\n\n`);
    const start = performance.now();
    await withModel(args, terminal, (loaded) =>
      walk(loaded, terminal, modelName(args), performance.now() - start),
    );
  },
};

async function walk(loaded: LoadedModel, terminal: Terminal, name: string, loadTime: number): Promise<void> {
  const { model, tokenizer } = loaded;
  const { bold, dim, accent } = terminal.style;
  const say = (...lines: string[]): void => terminal.print(lines.map((line) => `${line}\n`).join(''));
  const encoding = tokenizer.encode(prompt);
  say(
    `${accent('1')}  ${bold('A text is cut into tokens')}, each a number to the model.`,
    '',
    `   ${prompt}`,
    ...tokenColumns(
      Array.from(encoding.ids, (id) => displayToken(tokenizer, id)),
      encoding.ids,
      terminal,
    ),
    '',
    `${accent('2')}  ${bold('The model gives every token of its vocabulary a logit')};`,
    '   softmax turns the logits into probabilities. The best five:',
    '',
  );
  const logits = await nextLogits(model, encoding.ids, terminal.signal);
  const table = renderNextTokenTable(nextTokenTable(logits, tokenizer, { top: 5 }), {
    color: terminal.style.colours,
    width: Math.min(terminal.width, 80) - 3,
  });
  say(
    ...table.split('\n').map((line) => `   ${line}`),
    '',
    `${accent('3')}  ${bold('One token is chosen, appended, and the same step starts again.')}`,
    '   Always the most probable one, with its probability:',
    '',
  );
  const { text, firstToken } = await streamTokens(loaded, terminal, { prompt, maxNewTokens: 16 });
  say('', ...shown(prompt, text, terminal));
  if (terminal.signal.aborted) return;
  say(
    '',
    `${accent('4')}  ${bold('Or it is drawn by chance')}, here from a sharpened distribution`,
    `   (temperature ${drawn.temperature}, top-p ${drawn.topP}, seed ${drawn.seed}):`,
    '',
  );
  const story = await streamTokens(loaded, terminal, {
    prompt: beginning,
    maxNewTokens: 28,
    processors: [temperature(drawn.temperature), topP(drawn.topP)],
    sampler: categorical(),
    seed: drawn.seed,
  });
  const { device, dtype } = model.describe();
  const command = process.env.npm_lifecycle_event ? 'npm run --silent nexttoken --' : 'nexttoken';
  say(
    '',
    ...shown(beginning, story.text, terminal),
    '',
    dim(`time to first token ${milliseconds(firstToken)} (model loaded in ${milliseconds(loadTime)})`),
    dim(`model ${name}: ${model.vocabSize} tokens in its vocabulary, ${dtype} on ${device}`),
    '',
    'Go on:',
    `  ${command} next ${JSON.stringify(prompt)} --top 20`,
    `  ${command} generate ${JSON.stringify(beginning)} --temperature 0.7`,
    `  ${command} help`,
    '',
  );
}

/** The whole text, wrapped; the prompt's part of the first line is dimmed. */
function shown(prompt: string, text: string, terminal: Terminal): string[] {
  const width = Math.min(terminal.width, 80) - 3;
  const [first = '', ...lines] = wrapWords(prompt + escapeControls(text), width);
  return [`   ${first.replace(prompt, terminal.style.dim)}`, ...lines.map((line) => `   ${line}`)];
}

function milliseconds(value: number): string {
  return Number.isNaN(value) ? '–' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
