import type { ChecksumKind } from '../platform/repository-store';
import type { FolderPath } from './open-folder';

/** What the page may ask of the storage worker. `part` is a number that `open` gave out. */
export interface StorageTasks {
  /** Opens, or begins, the part of a content of `size` bytes; answers with its journal. */
  open: { input: { folder: FolderPath; name: string; size: number }; output: OpenedPart };
  write: { input: { part: number; bytes: Uint8Array; at: number }; output: null };
  note: { input: { part: number; journal: string }; output: null };
  clear: { input: { part: number }; output: null };
  digest: { input: { part: number; kind: ChecksumKind }; output: string };
  /** Gives the content its name. */
  finish: { input: { part: number }; output: null };
  remove: { input: { part: number }; output: null };
  close: { input: { part: number }; output: null };
  /** Writes a small file so that a reader finds the old or the new text, never a piece. */
  writeText: { input: { folder: FolderPath; name: string; text: string }; output: null };
  /** The digest of a whole content. */
  digestFile: { input: { folder: FolderPath; name: string; kind: ChecksumKind }; output: string };
}

export type TaskName = keyof StorageTasks;

interface OpenedPart {
  readonly part: number;
  readonly journal: string;
}

export type ToStorage =
  | {
      [Name in TaskName]: {
        readonly call: number;
        readonly task: Name;
        readonly input: StorageTasks[Name]['input'];
      };
    }[TaskName]
  | { readonly stop: number };

export type FromStorage =
  | { readonly call: number; readonly output: unknown }
  | { readonly call: number; readonly error: { readonly name: string; readonly message: string } };

/** A part's name, and the room behind its content where its journal stands. */
export const partEnding = '.part';
export const journalLength = 4096;

/** Reads a journal out of the bytes behind a content. */
export function journalText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/[\0 ]+$/, '');
}
