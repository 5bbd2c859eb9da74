import { positionTable } from '@nexttoken/inspector';
import type { Handlers } from '../../remote/serve-calls';
import type { Inside } from '../inside/inside';
import type { Models } from '../models';
import type { OpenModel } from '../open-model';
import type { NgramCounts } from './ngram';
import type { AddedTokenizers } from './tokenize';
import type { ViewApi } from './view-protocol';

/** What the further views ask for; the code of each comes when it is first asked. */
export function viewHandlers(models: Models): Handlers<ViewApi> {
  const insides = new WeakMap<OpenModel, Promise<Inside>>();
  let added: Promise<AddedTokenizers> | undefined;
  let counts: Promise<NgramCounts> | undefined;

  function insideOf(open: OpenModel): Promise<Inside> {
    const known = insides.get(open) ?? import('./../inside/inside').then((code) => new code.Inside(open));
    insides.set(open, known);
    return known;
  }
  const tokenizers = () => {
    added ??= import('./tokenize').then((code) => new code.AddedTokenizers());
    return added;
  };

  return {
    async beams(request, { signal, emit }) {
      const { searchBeams } = await import('./search-beams');
      return searchBeams(await models.get(request.model), request, signal, emit);
    },

    async compare(request, { signal }) {
      const [a, b] = request.sides;
      const { compare } = await import('./compare');
      return compare([await models.get(a.model), await models.get(b.model)], request, signal);
    },

    async modules({ model, positions }) {
      const { modulesOf } = await import('./modules');
      return modulesOf(await insideOf(await models.get(model)), positions);
    },

    async lens({ model, ids, settings }, { signal, emit }) {
      const { lensOf } = await import('./look-inside');
      return lensOf(await insideOf(await models.get(model)), ids, { settings }, signal, emit);
    },

    async attention(request) {
      const { attentionOf } = await import('./look-inside');
      return attentionOf(await insideOf(await models.get(request.model)), request);
    },

    async closeHeads({ model }) {
      await (await insides.get(await models.get(model)))?.closeHeads();
      return undefined;
    },

    async tokenize({ text, names }) {
      const { tokenize } = await import('./tokenize');
      const own = await tokenizers();
      return tokenize(text, names, async (name) => {
        const tokenizer = own.get(name);
        return tokenizer ? { tokenizer } : (await models.get(name)).loaded;
      });
    },

    async addTokenizer({ name, file }) {
      await (await tokenizers()).add(name, file);
      return undefined;
    },

    async ngram(request, { signal }) {
      const code = await import('./ngram');
      counts ??= Promise.resolve(new code.NgramCounts());
      const open = await models.get(request.model);
      const counted = await (await counts).counted(open, request.text, request.name ?? 'tales wrote');
      return code.ngramView(open, counted, request, signal);
    },

    async positions({ model, ids, top }, { signal }) {
      const { loaded } = await models.get(model);
      return positionTable(loaded.model, ids, loaded.tokenizer, { top, signal });
    },

    async draws(request, { signal }) {
      const { drawMany } = await import('./draw-many');
      return drawMany(await models.get(request.model), request, signal);
    },

    async trace(request, { signal }) {
      const { traceOf } = await import('./trace-file');
      return traceOf(await models.get(request.model), request, signal);
    },

    async verify({ model, file }, { signal }) {
      const { verifyFile } = await import('./trace-file');
      return verifyFile(await models.get(model), file, signal);
    },
  };
}
