import { basename } from 'node:path';
import type { LoadedModel } from '@nexttoken/load';
import { serve as listen, type ServeOptions, type Server } from '@nexttoken/serve';
import { modelFlags } from '../arguments/flags';
import { modelName, withModel } from '../model/with-model';
import type { Terminal } from '../terminal/terminal';
import type { Command } from './command';

export const serve: Command = {
  name: 'serve',
  summary: 'offer a model to every client of the OpenAI API; Ctrl-C finishes what runs',
  usage: '[flags]',
  remarks: [
    '/v1/completions, /v1/chat/completions, /v1/models, /tokenize, /detokenize, /metrics, /health',
    'NEXTTOKEN_API_KEYS: keys separated by commas; whoever asks needs one of them.',
    'A second Ctrl-C ends what runs at its next step.',
  ].join('\n'),
  flags: [...modelFlags, 'host', 'port', 'max-rows', 'max-queue', 'cors-origin'],
  prepare(args, terminal) {
    const keys = (process.env.NEXTTOKEN_API_KEYS ?? '').split(',').map((key) => key.trim());
    const options = {
      host: args.text('host'),
      port: args.number('port', { integer: true, minimum: 0, maximum: 65535 }),
      maxRows: args.number('max-rows', { integer: true, minimum: 1 }),
      maxQueue: args.number('max-queue', { integer: true, minimum: 0 }),
      corsOrigins: args.texts('cors-origin'),
      apiKeys: keys.filter((key) => key !== ''),
    };
    // A path of this machine is nobody else's business.
    const modelId = basename(modelName(args)) || 'model';
    return () => withModel(args, terminal, (loaded) => run(loaded, { ...options, modelId }, terminal));
  },
};

async function run(loaded: LoadedModel, options: Partial<ServeOptions>, terminal: Terminal): Promise<void> {
  if (terminal.signal.aborted) return;
  const { model, tokenizer, chatTemplate, generationConfig } = loaded;
  const server = await listen({
    model,
    tokenizer,
    chatTemplate,
    endTokenIds: generationConfig.endTokenIds,
    onError: (error) => terminal.note(`error: ${error instanceof Error ? error.message : String(error)}\n`),
    ...options,
  });
  terminal.print(`${server.url}\n`);
  terminal.note(`${options.modelId} answers at ${server.url}/v1\n`);
  const isLocal = /^http:\/\/(127\.|\[::1\])/.test(server.url);
  if (!isLocal && options.apiKeys?.length === 0)
    terminal.note('everybody who reaches this machine may ask: NEXTTOKEN_API_KEYS is not set\n');
  await untilInterrupted(terminal.signal);
  terminal.note('finishing what runs\n');
  await endWell(server);
}

function untilInterrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Finishes what runs; a further signal ends it at the next step. */
async function endWell(server: Server): Promise<void> {
  const stop = (): void => void server.stop();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop);
  try {
    await server.close();
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop);
  }
}
