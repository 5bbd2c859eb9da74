import type { Load, LoadedModel } from '@nexttoken/load';

/**
 * `@nexttoken/load` with models that are opened once for all calls of a file, for tests of what commands do with them:
 * `vi.mock('@nexttoken/load', async (original) => keepModels(await original()))`.
 */
export function keepModels<Module extends { readonly load: Load }>(actual: Module): Module {
  const kept = new Map<string, Promise<LoadedModel>>();
  const load: Load = (name, options = {}) => {
    const { signal: _signal, onProgress: _onProgress, ...rest } = options;
    const key = JSON.stringify([name, rest]);
    const loaded = kept.get(key) ?? actual.load(name, rest);
    kept.set(key, loaded);
    return loaded.then((model) => ({ ...model, dispose: async () => undefined }));
  };
  return { ...actual, load };
}
