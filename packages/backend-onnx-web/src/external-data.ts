/** One file that the graph refers to by name. */
export type ExternalData =
  | { readonly path: string; readonly data: Uint8Array }
  /**
   * Bytes that are fetched when they are needed: when the model is opened, and again when its device was lost. Nobody
   * holds them in between.
   */
  | { readonly path: string; readonly load: () => Promise<Uint8Array> };

/** A file whose bytes are there. */
export interface LoadedData {
  readonly path: string;
  readonly data: Uint8Array;
}

export async function loadExternalData(files: readonly ExternalData[]): Promise<LoadedData[]> {
  return Promise.all(
    files.map(async (file) => ({
      path: file.path,
      data: 'data' in file ? file.data : await file.load(),
    })),
  );
}
