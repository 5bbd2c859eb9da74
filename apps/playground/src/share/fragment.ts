import { isSharedState, type SharedState } from './shared-state';

/** Version of what the fragment holds. */
const version = '1';

/** The longest fragment that goes into an address; a larger state is shared as a file. */
export const longestFragment = 8000;

async function through(bytes: Uint8Array<ArrayBuffer>, stream: GenericTransformStream): Promise<Uint8Array> {
  const body = new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array>);
  return new Uint8Array(await new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** A state as the part of an address behind `#`, which browsers send to nobody: `s=1.…`, JSON, deflated, base64url. */
export async function toFragment(state: SharedState): Promise<string> {
  const { model, prompt, nodes, at, settings, view } = state;
  // Parents are the text before, nearly always: as differences they shrink to nothing.
  const steps = nodes.flatMap(([parent, id], index) => [index - 1 - parent, id]);
  const json = JSON.stringify([model, prompt, steps, at, settings, view]);
  const packed = await through(new TextEncoder().encode(json), new CompressionStream('deflate-raw'));
  return `s=${version}.${toBase64Url(packed)}`;
}

/** What a fragment says; `undefined` for one without a state. @throws Error for a state that is broken or newer */
export async function fromFragment(fragment: string): Promise<SharedState | undefined> {
  const found = /^#?s=(\w+)\.([\w-]*)$/.exec(fragment);
  if (!found) return undefined;
  if (found[1] !== version) throw new Error(`this link needs a newer page: it has version ${found[1]}`);
  let state: unknown;
  try {
    const bytes = await through(fromBase64Url(found[2]!), new DecompressionStream('deflate-raw'));
    const [model, prompt, steps, at, settings, view] = JSON.parse(new TextDecoder().decode(bytes));
    const nodes = Array.from({ length: steps.length / 2 }, (_, index) => [
      index - 1 - steps[2 * index],
      steps[2 * index + 1],
    ]);
    state = { model, prompt, nodes, at, settings, view };
  } catch (cause) {
    throw new Error('this link is broken: it was cut off or changed on its way', { cause });
  }
  if (!isSharedState(state)) throw new Error('this link is broken: it holds no state');
  return state;
}
