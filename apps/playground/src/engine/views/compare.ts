import { type ComparedSide, compareModels } from '@nexttoken/inspector';
import { generateTokens } from '../generate-tokens';
import type { OpenModel } from '../open-model';
import type { TokenFacts } from '../protocol';
import type { ComparedModel, CompareRequest, CompareResult } from './view-protocol';

interface Side {
  readonly open: OpenModel;
  /** What comes before the text, for this model alone. */
  readonly before: string | undefined;
  readonly ids: readonly number[];
}

/** How a model is given the prompt. @throws NextTokenError `chat-template` */
function sideOf(open: OpenModel, { as }: ComparedModel, prompt: string): Side {
  const { tokenizer, chatTemplate } = open.loaded;
  const before =
    as === 'chat' && chatTemplate
      ? chatTemplate.render([{ role: 'user', content: prompt }], { addGenerationPrompt: true })
      : undefined;
  const { ids } = tokenizer.encode(before ?? prompt, { addSpecialTokens: before === undefined });
  return { open, before, ids: [...ids] };
}

async function written(
  { open, ids }: Side,
  { settings, atMost }: CompareRequest,
  signal: AbortSignal,
): Promise<TokenFacts[]> {
  const tokens: TokenFacts[] = [];
  const request = { model: '', ids, promptLength: ids.length, settings, atMost, to: 'end' } as const;
  await generateTokens(open, request, signal, (facts) => tokens.push(facts));
  return tokens;
}

/** Both models continue the prompt with the same settings and luck; then both read what the first one wrote. */
export async function compare(
  opened: readonly [OpenModel, OpenModel],
  request: CompareRequest,
  signal: AbortSignal,
): Promise<CompareResult> {
  const { prompt, sides } = request;
  const [a, b] = opened.map((open, index) => sideOf(open, sides[index]!, prompt)) as [Side, Side];
  const tokens = [await written(a, request, signal), await written(b, request, signal)] as const;
  const first = tokens[0].map(({ piece, special }) => (special ? '' : piece)).join('');
  // Where one of them answers, what is compared is the answer; else the text as a whole.
  const isAnswer = a.before !== undefined || b.before !== undefined;
  const text = isAnswer ? (a.before === undefined ? first : first.trimStart()) : prompt + first;
  const comparedSide = ({ open, before }: Side): ComparedSide => ({
    name: open.card.name,
    model: open.loaded.model,
    tokenizer: open.loaded.tokenizer,
    ...(isAnswer && { before: before ?? prompt, addSpecialTokens: false }),
  });
  const comparison = await compareModels({ a: comparedSide(a), b: comparedSide(b), text, signal });
  return { written: tokens, comparison };
}
