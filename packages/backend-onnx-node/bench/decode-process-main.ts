import { type DecodeEngine, llamaEngine, oursEngine } from './decode-engines';
import type { EngineCall, EngineSpecification } from './decode-process';

/** One engine, driven by the process that started this one. */
let engine: DecodeEngine | undefined;

async function opened(specification: EngineSpecification): Promise<DecodeEngine> {
  switch (specification.kind) {
    case 'ours':
      return oursEngine('ours', specification.options);
    case 'llama.cpp':
      return llamaEngine(specification.module, specification.path, specification);
    case 'transformers.js': {
      const { transformersEngine } = await import('./transformers-engine');
      return transformersEngine('transformers.js', specification);
    }
  }
}

async function answer(request: EngineCall): Promise<unknown> {
  if ('run' in request) return engine!.run(request.run.prompt, request.run.newTokens);
  engine = await opened(request.open);
  return undefined;
}

process.on('message', (request: EngineCall) => {
  answer(request).then(
    (value) => process.send!({ value }),
    (error: Error) => process.send!({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
