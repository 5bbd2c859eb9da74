/** Takes bytes for a place in a file, in any order; gaps are zero. The piece stays the caller's: it is copied. */
export type PieceSink = (piece: Uint8Array, offset: number) => Promise<void>;

/** One file that the graph refers to by name. */
export type ExternalData =
  | { readonly path: string; readonly data: Uint8Array }
  /**
   * Bytes that are fetched when they are needed: when the model is opened, and again when its device was lost. Nobody
   * holds them in between: the array goes to the worker and is empty afterwards.
   */
  | { readonly path: string; readonly load: () => Promise<Uint8Array> }
  /** The same, piece by piece: the page never holds more than one piece beside what the worker has. */
  | {
      readonly path: string;
      readonly byteLength: number;
      readonly write: (sink: PieceSink) => Promise<void>;
    };

/** A file whose bytes are there. */
export interface LoadedData {
  readonly path: string;
  readonly data: Uint8Array;
}

/** What arrives in a worker before the model is opened: an empty file, or a piece of one. */
export type FilePiece =
  | { readonly file: string; readonly byteLength: number }
  | { readonly file: string; readonly offset: number; readonly piece: Uint8Array };

/** Bytes that are on their way through this thread only, so that they can be handed over instead of copied. */
export interface MovableData extends LoadedData {
  readonly isOwned: boolean;
}

/** Loads the files that come as a whole. */
export async function loadWholeFiles(files: readonly ExternalData[]): Promise<MovableData[]> {
  const whole = files.map(async (file): Promise<MovableData | undefined> => {
    if ('write' in file) return undefined;
    const { path } = file;
    return 'data' in file
      ? { path, data: file.data, isOwned: false }
      : { path, data: await file.load(), isOwned: true };
  });
  return (await Promise.all(whole)).filter((file) => file !== undefined);
}

/** Sends the files that come in pieces, one after the other. */
export async function sendPieces(
  files: readonly ExternalData[],
  post: (message: FilePiece, transfer: readonly ArrayBuffer[]) => Promise<void> | void,
): Promise<void> {
  for (const file of files) {
    if (!('write' in file)) continue;
    const { path, byteLength } = file;
    await post({ file: path, byteLength }, []);
    await file.write(async (bytes, offset) => {
      const piece = bytes.slice();
      await post({ file: path, offset, piece }, [piece.buffer]);
    });
  }
}

/** Puts files together out of their pieces. */
export class PieceCollector {
  readonly #files = new Map<string, Uint8Array>();

  add(message: FilePiece): void {
    if ('byteLength' in message) this.#files.set(message.file, new Uint8Array(message.byteLength));
    else this.#files.get(message.file)!.set(message.piece, message.offset);
  }

  /** The files so far, which are forgotten here. */
  take(): LoadedData[] {
    const files = [...this.#files].map(([path, data]) => ({ path, data }));
    this.#files.clear();
    return files;
  }
}
