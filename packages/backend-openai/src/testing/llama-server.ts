import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { upgradeGguf } from './upgrade-gguf';

const run = promisify(execFile);

/** A Python that has llama-cpp-python with its server: `NEXTTOKEN_LLAMA_PYTHON`, else `python3`; `undefined`: none. */
export async function findLlamaPython(): Promise<string | undefined> {
  const python = process.env.NEXTTOKEN_LLAMA_PYTHON ?? 'python3';
  const works = await run(python, ['-c', 'import llama_cpp.server.app'], { timeout: 60_000 }).then(
    () => true,
    () => false,
  );
  return works ? python : undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export interface LlamaServer {
  readonly baseURL: string;
  close(): Promise<void>;
}

async function waitFor(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error(`the llama.cpp server ended: ${log()}`);
    const answers = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the llama.cpp server does not answer: ${log()}`);
}

/** Starts llama.cpp's engine behind llama-cpp-python's server, on a GGUF file of any version. */
export async function startLlamaServer(python: string, gguf: string, key: string): Promise<LlamaServer> {
  const folder = await mkdtemp(join(tmpdir(), 'nexttoken-llama-'));
  const model = join(folder, 'model.gguf');
  await writeFile(model, upgradeGguf(await readFile(gguf)));
  const port = await freePort();
  const args = [
    '--model',
    model,
    '--port',
    String(port),
    '--n_ctx',
    '512',
    '--n_threads',
    '1',
    '--api_key',
    key,
  ];
  const flags = [
    '--model_alias',
    'stories',
    '--chat_format',
    'chatml',
    '--verbose',
    'false',
    '--interrupt_requests',
    'false',
  ];
  const child = spawn(python, ['-m', 'llama_cpp.server', '--host', '127.0.0.1', ...args, ...flags]);
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-2000);
    });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(`http://127.0.0.1:${port}/openapi.json`, child, () => log);
  } catch (error) {
    await close();
    throw error;
  }
  return { baseURL: `http://127.0.0.1:${port}/v1`, close };
}
