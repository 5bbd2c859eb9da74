/** One side of a channel between two threads: Node's MessagePort or Worker, or the web's. */
export interface Endpoint {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  listen(handler: (message: unknown) => void): void;
}
