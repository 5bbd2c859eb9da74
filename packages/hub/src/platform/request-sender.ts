/** Who asks, and what may be told to whom. */
interface Caller {
  readonly endpoint: string;
  readonly token: string | undefined;
}

/**
 * One request without any retry, redirects followed. The token reaches the endpoint's own host and nobody else.
 * @throws NextTokenError `request-failed` when there is no answer
 */
export type RequestSender = (
  url: URL,
  headers: Readonly<Record<string, string>>,
  caller: Caller,
  signal: AbortSignal | undefined,
) => Promise<Response>;
