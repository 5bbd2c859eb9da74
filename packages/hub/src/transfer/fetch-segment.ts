import { NextTokenError } from '@nexttoken/model';
import { type HubClient, isPassing } from '../http/hub-client';
import { answerError, shownUrl, unreachable } from '../http/hub-error';
import { linkedAbort } from '../http/linked-abort';
import { chunksOf } from '../http/unless-aborted';
import type { Segment } from './journal';

/** Thrown when a server ignores ranges: the file has to be fetched from its beginning, in one piece. */
export class NoRanges extends Error {}

interface SegmentRequest {
  readonly client: HubClient;
  readonly url: string;
  /** Size of the whole file as announced. */
  readonly size: number;
  readonly segment: Segment;
  /** Stores bytes behind those that are there. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Brings the rest of a segment, going on where a broken connection left off. Tries that brought nothing count;
 * a try that brought bytes sets the count back.
 * @throws NextTokenError `request-failed`, `access-denied`, `model-not-found`; `invalid-file` when the server's
 *   size is not the announced one; `NoRanges`
 */
export async function fetchSegment({ client, url, size, segment, write }: SegmentRequest): Promise<void> {
  for (let attempt = 0; segment.start + segment.done < segment.end; ) {
    const before = segment.done;
    const stop = linkedAbort(client.signal);
    let stalled = false;
    const stall = () => {
      stalled = true;
      stop.abort();
    };
    let timer = setTimeout(stall, client.stallAfter);
    let response: Response | undefined;
    let failure: unknown;
    let isStorage = false;
    try {
      const first = segment.start + segment.done;
      const headers = { range: `bytes=${first}-${segment.end - 1}` };
      response = await client.once(url, headers, stop.signal);
      checkAnswer(url, response, first, segment.end, size);
      for await (const bytes of chunksOf(response, stop.signal)) {
        clearTimeout(timer);
        timer = setTimeout(stall, client.stallAfter);
        const room = segment.end - segment.start - segment.done;
        if (bytes.length > room) throw tooLong(url, size);
        await write(bytes).catch((error: unknown) => {
          isStorage = true;
          throw error;
        });
      }
      if (segment.start + segment.done < segment.end)
        failure = unreachable(url, 'the connection ended early');
    } catch (error) {
      client.signal?.throwIfAborted();
      if (isStorage || error instanceof NoRanges || !mayPass(error, response)) throw error;
      failure = stalled ? unreachable(url, `nothing came for ${client.stallAfter} ms`) : error;
    } finally {
      clearTimeout(timer);
      stop.abort();
      stop.unlink();
    }
    if (failure === undefined) return;
    attempt = segment.done > before ? 0 : attempt + 1;
    if (attempt >= client.attempts) {
      throw failure instanceof NextTokenError ? failure : unreachable(url, 'the connection broke', failure);
    }
    await client.wait(Math.max(0, attempt - 1), response, client.signal);
  }
}

function checkAnswer(url: string, response: Response, first: number, end: number, size: number): void {
  const length = response.headers.get('content-length');
  if (response.status === 200) {
    if (first > 0 || end < size) throw new NoRanges();
    if (length !== null && Number(length) !== size) throw wrongSize(url, size, length);
    return;
  }
  if (response.status !== 206) throw answerError(url, response);
  const shown = response.headers.get('content-range');
  // A server may hide it from pages of other origins; then the length, and in the end the checksum, have to do.
  if (shown === null && Number(length) === end - first) return;
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(shown ?? '');
  if (!range || Number(range[1]) !== first) throw new NoRanges();
  if (range[2] !== '*' && Number(range[2]) !== size) throw wrongSize(url, size, range[2]!);
}

/** Whether another try may help: the network broke, or the server was busy. */
function mayPass(error: unknown, response: Response | undefined): boolean {
  if (!(error instanceof NextTokenError)) return true;
  if (error.code !== 'request-failed') return false;
  return (
    response === undefined || response.status === 200 || response.status === 206 || isPassing(response.status)
  );
}

function wrongSize(url: string, size: number, actual: string): NextTokenError {
  const shown = shownUrl(url);
  const message = `${shown}: ${size} bytes were announced, but the server says ${actual}`;
  return new NextTokenError('invalid-file', message, { path: shown, expected: size, actual: Number(actual) });
}

function tooLong(url: string, size: number): NextTokenError {
  const shown = shownUrl(url);
  return new NextTokenError('invalid-file', `${shown}: more bytes came than the ${size} announced`, {
    path: shown,
    expected: size,
  });
}
