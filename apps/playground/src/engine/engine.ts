import { displayToken } from '@nexttoken/inspector';
import { softmax } from '@nexttoken/numeric';
import type { Handlers } from '../remote/serve-calls';
import { choose } from './choose';
import { makeConstraint, readyChoosing } from './constraint/make-constraint';
import { generateTokens } from './generate-tokens';
import { Models, makeModel } from './models';
import type { OpenModel } from './open-model';
import type { EngineApi, TextPosition, TokenFacts } from './protocol';
import { shapeRow } from './shape-row';
import { memoryAt } from './step-memory';
import { tokenFacts } from './token-facts';
import { viewHandlers } from './views/view-handlers';

/** What the worker answers. Rows stay here; only what is shown leaves. */
export function engineHandlers(models = new Models()): Handlers<EngineApi> {
  return {
    ...viewHandlers(models),

    async open(request, { signal, emit }) {
      const { card } = await models.open(request.name, () =>
        makeModel(request, { signal, onProgress: emit }),
      );
      return card;
    },

    async close({ name }) {
      await models.close(name);
      return undefined;
    },

    used: () => performance.getEntriesByType('resource').map(({ name }) => name),

    async encode({ model, text }) {
      const { loaded } = await models.get(model);
      const ids = [...loaded.tokenizer.encode(text).ids];
      return { ids, tokens: ids.map((id) => displayToken(loaded.tokenizer, id)) };
    },

    async checkConstraint({ model, constraint }) {
      await makeConstraint(constraint, await models.get(model));
      return undefined;
    },

    async shape({ model, ...asked }, { signal }) {
      const open = await models.get(model);
      const { loaded, rows } = open;
      const request = await readyChoosing(open, asked);
      const row = await rows.rowOf(request.ids, signal);
      const memory = await memoryAt(rows, request, request);
      return { ...shapeRow(row, loaded.tokenizer, request, memory), forwards: rows.forwards };
    },

    async take({ model, id, ...asked }) {
      const open = await models.get(model);
      const request = await readyChoosing(open, asked);
      const row = await open.rows.rowOf(request.ids);
      const { scores } = choose(row, request, request, await memoryAt(open.rows, request, request));
      const share = softmax(scores)[id]!;
      return tokenFacts(open, row, request, { id, share, by: 'hand' });
    },

    async generate(request, { signal, emit }) {
      const open = await models.get(request.model);
      const result = await generateTokens(open, request, signal, emit);
      return { ...result, forwards: open.rows.forwards };
    },

    facts: async (request) => factsOf(await models.get(request.model), request),
  };
}

/** Of every token behind the prompt; forward passes as far as their rows are not known. */
async function factsOf(open: OpenModel, { ids, promptLength }: TextPosition): Promise<TokenFacts[]> {
  const facts: TokenFacts[] = [];
  for (let end = promptLength; end < ids.length; end++) {
    const position = { ids: ids.slice(0, end), promptLength };
    const row = await open.rows.rowOf(position.ids);
    facts.push(tokenFacts(open, row, position, { id: ids[end]!, by: 'sampler' }));
  }
  return facts;
}
