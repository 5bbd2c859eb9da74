import { NextTokenError, type NextTokenErrorCode } from '@nexttoken/model';

/** What of an error a client sees, in the shape that OpenAI's clients read. */
export interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    /** The field concerned. */
    readonly param: string | null;
    readonly code: string | null;
  };
}

export interface ApiErrorDetails {
  readonly param?: string | undefined;
  readonly code?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'server_error',
  503: 'server_error',
};

/** An error with an HTTP status, whose message is meant for the client. */
export class ApiError extends Error {
  readonly param: string | undefined;
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly status: number,
    message: string,
    { param, code, headers = {} }: ApiErrorDetails = {},
  ) {
    super(message);
    this.param = param;
    this.code = code;
    this.headers = headers;
  }

  get body(): ErrorBody {
    const { message, param = null, code = null, status } = this;
    return { error: { message, type: types[status] ?? 'invalid_request_error', param, code } };
  }
}

/** Errors that a request brings about; all others are the server's own affair, and their messages stay here. */
const causedByRequest: ReadonlySet<NextTokenErrorCode> = new Set<NextTokenErrorCode>([
  'invalid-parameter',
  'unsupported-option',
  'unsupported-capability',
  'unknown-type',
  'invalid-token-id',
  'empty-prompt',
  'context-overflow',
  'encode-failed',
  'chat-template',
  'no-candidates',
  'unsupported-schema',
  'empty-grammar',
  'grammar-too-large',
  'grammar-stuck',
  'invalid-scores',
  'processor-failed',
  'sampler-failed',
]);

const openAICodes: Partial<Record<NextTokenErrorCode, string>> = {
  'context-overflow': 'context_length_exceeded',
  'unsupported-option': 'unknown_parameter',
};

/** Options of the loop, as a request calls them. */
const fieldNames: Readonly<Record<string, string>> = {
  maxNewTokens: 'max_tokens',
  minNewTokens: 'min_tokens',
  stopStrings: 'stop',
  stopTokenIds: 'stop_token_ids',
  negativePrompt: 'negative_prompt',
  numReturnSequences: 'n',
};

/** The error as a client may see it: what it caused itself in full, everything else as `internal error`. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!NextTokenError.isInstance(error) || !causedByRequest.has(error.code))
    return new ApiError(500, 'internal error', { code: 'internal_error' });
  const { option, parameter } = error.details;
  const param = [option, parameter].find((name) => typeof name === 'string') as string | undefined;
  const field = param === undefined ? undefined : (fieldNames[param] ?? param);
  return new ApiError(400, error.message, { param: field, code: openAICodes[error.code] ?? error.code });
}

/** The error of a server that takes no more. */
export const shuttingDown = (message: string): ApiError =>
  new ApiError(503, message, { code: 'shutting_down', headers: { 'retry-after': '5', connection: 'close' } });
