import { Caller } from '../remote/caller';
import type { EngineApi } from './protocol';
import workerUrl from './worker?worker&url';

export type Engine = Caller<EngineApi>;

/**
 * Starts the worker that holds models and sampling. Its script is imported from a blob: such a worker keeps to the page's
 * content security policy, one with an address of its own would have none.
 */
export function startEngine(): Engine {
  const address = new URL(workerUrl, import.meta.url).href;
  const script = new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' });
  const blob = URL.createObjectURL(script);
  const worker = new Worker(blob, { type: 'module', name: 'nexttoken-engine' });
  const engine = new Caller<EngineApi>(worker);
  worker.addEventListener('error', (event) => {
    engine.fail(new Error(event.message || 'the worker’s script cannot be loaded'));
  });
  return engine;
}
