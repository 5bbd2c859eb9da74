/** A file of a model, wherever it lies; its bytes stay there until they are asked for. */
export interface NamedFile {
  readonly name: string;
  readonly content: Blob;
}
