/** An error as plain data: what survives the way between page and worker. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** From the page to the worker. */
export type CallMessage =
  | { readonly type: 'call'; readonly call: number; readonly method: string; readonly request: unknown }
  | { readonly type: 'cancel'; readonly call: number };

/** From the worker to the page. */
export type ReplyMessage =
  | { readonly type: 'event'; readonly call: number; readonly event: unknown }
  | { readonly type: 'result'; readonly call: number; readonly value: unknown }
  | { readonly type: 'error'; readonly call: number; readonly error: ErrorData };

/** One method: what goes in, what comes back, and what is told on the way. */
interface Method {
  readonly request: unknown;
  readonly result: unknown;
  readonly event?: unknown;
}

export type Methods<Api> = { readonly [Name in keyof Api]: Method };

export type EventOf<Entry extends Method> = Entry extends { readonly event: infer Event } ? Event : never;
