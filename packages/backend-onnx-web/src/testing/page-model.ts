import type { Capabilities, LanguageModel, ModelDescription, Session } from '@nexttoken/model';
import type { Page } from 'playwright-core';
import type { OnnxWebModelOptions } from '../index';
import type { BackendPage } from './page/main';

/** What the page makes callable, for the types of this file wherever it is compiled. */
type Kept = Awaited<ReturnType<BackendPage['callKept']>>;

/** What a page's model is opened with: one of the models that the tests serve. */
export type PageModelOptions = Partial<
  Pick<OnnxWebModelOptions, 'device' | 'thread' | 'threads' | 'chunkLength'>
> & { readonly model: 'stories260k' | 'tales' | 'one-layer' };

export interface PageModel extends LanguageModel {
  /** Types of the device events so far. */
  events(): Promise<string[]>;
}

/** A model in a page as one in this process: loops and tests run here, the runtime there. */
export async function openPageModel(page: Page, options: PageModelOptions): Promise<PageModel> {
  const opened = await page.evaluate((more) => backendPage.openKept(more), options);
  const { handle, description } = opened;
  const call = (session: number, method: string, input: unknown): Promise<Kept> =>
    page.evaluate((request) => backendPage.callKept(request), { handle, session, method, input });
  const newSession = (session: number, rows: number): Session => {
    let lengths: readonly number[] = Array.from({ length: rows }, () => 0);
    const run = async (method: string, input: unknown) => {
      const output = await call(session, method, input);
      lengths = output.lengths;
      return output;
    };
    return {
      get rowCount() {
        return lengths.length;
      },
      get lengths() {
        return lengths;
      },
      forward: async (rows) => {
        const { logits } = await run(
          'forward',
          rows.map((ids) => Array.from(ids)),
        );
        return {
          logits: logits!.map(
            (row) => row && { data: Float32Array.from(row), positions: 1, vocabSize: opened.vocabSize },
          ),
        } as never;
      },
      select: async (parents) => void (await run('select', [...parents])),
      truncate: async (cut) => void (await run('truncate', [...cut])),
      fork: async () => {
        const { session: forked } = await call(session, 'fork', null);
        return newSession(forked, lengths.length);
      },
      dispose: async () => void (await call(session, 'dispose', null)),
    };
  };
  return {
    specification: 'nexttoken-model-1',
    modelId: options.model,
    vocabSize: opened.vocabSize,
    // Infinity does not survive the way out of the page.
    capabilities: { ...opened.capabilities, maxRows: Number.POSITIVE_INFINITY } as Capabilities,
    createSession: async ({ rows = 1 } = {}) =>
      newSession((await call(-1, 'createSession', rows)).session, rows),
    describe: () => description as ModelDescription,
    events: () => page.evaluate((kept) => backendPage.kept.get(kept)!.events, handle),
    dispose: () => page.evaluate((kept) => backendPage.kept.get(kept)!.model.dispose(), handle),
  };
}
