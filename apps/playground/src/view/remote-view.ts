import { NextTokenError } from '@nexttoken/model';
import { byId } from '../dom/by-id';
import type { ServerRequest } from '../engine/protocol';

interface RemoteActions {
  readonly useServer: (name: string, server: ServerRequest) => void;
  readonly report: (error: unknown) => void;
}

/** Hosts that the page's content security policy lets it ask. */
const here = /^(localhost|127\.0\.0\.1)$/;

const refusal = (message: string) => new NextTokenError('invalid-parameter', message);

/** The form for a server that answers like OpenAI's. What is missing is told before anything is asked. */
export function connectRemote({ useServer, report }: RemoteActions): void {
  const value = (id: string) => byId<HTMLInputElement>(id).value.trim();
  byId('remote-connect').addEventListener('click', () => {
    const tokenizer = byId<HTMLInputElement>('remote-tokenizer').files?.[0];
    const baseURL = value('remote-address').replace(/\/+$/, '');
    const model = value('remote-model');
    const apiKey = value('remote-key');
    if (!/^https?:\/\//.test(baseURL) || !URL.canParse(baseURL))
      return report(refusal('The server’s address is missing, e.g. http://127.0.0.1:8080/v1'));
    const { host, hostname } = new URL(baseURL);
    if (!here.test(hostname))
      return report(
        refusal(
          `This page may ask servers on this computer only (127.0.0.1, localhost), not ${hostname}; a tunnel brings it here: ssh -L 8080:localhost:8080 ${hostname}`,
        ),
      );
    if (model === '') return report(refusal('The model’s name on that server is missing.'));
    if (!tokenizer)
      return report(
        refusal('The model’s tokenizer.json is missing: the server tells ids, and not what they stand for.'),
      );
    const server = { baseURL, model, dialect: value('remote-dialect'), tokenizer, ...(apiKey && { apiKey }) };
    useServer(`${model} @ ${host}`, server);
  });
}
