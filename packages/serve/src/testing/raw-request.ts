import { connect } from 'node:net';

/** What came back over a plain socket. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
  /** Milliseconds until the server hung up. */
  readonly milliseconds: number;
}

/** Sends bytes as they are and reads until the server hangs up. @param keepSending called again and again meanwhile */
export function rawRequest(port: number, text: string, keepSending?: () => string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const timer = keepSending && setInterval(() => socket.write(keepSending()), 50);
    socket.setEncoding('utf8').on('data', (piece: string) => {
      answer += piece;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
      resolve({
        status,
        body: answer.split('\r\n\r\n').slice(1).join('\r\n\r\n'),
        milliseconds: performance.now() - begin,
      });
    });
    socket.setTimeout(20_000, () => {
      socket.destroy();
      reject(new Error('the server did not hang up'));
    });
    socket.write(text);
  });
}
