import type { NextTokenError } from '@nexttoken/model';
import type { RepositoryFile } from '../listing/list-repository';

/** What a repository of the hub holds. */
export type RepositoryKind = 'model' | 'dataset';

/** A commit's files as far as the cache has them. */
export interface Snapshot {
  readonly commit: string;
  readonly folder: string;
  /** Names of the files whose content is there. */
  readonly paths: readonly string[];
}

export type ChecksumKind = RepositoryFile['checksum']['kind'];

/** A content as it is stored: whole, under its checksum, or unfinished. */
export interface StoredContent {
  /** The checksum that is its name; of a part, the one it is to have (another tool's: whatever it is called). */
  readonly name: string;
  readonly isWhole: boolean;
  readonly path: string;
  /** Bytes that were brought. */
  readonly size: number;
  /** Room it takes: a part may have set aside more than was brought. */
  readonly occupied: number;
  /** In ms since the epoch. */
  readonly lastUsed: number;
}

/** A content in the making: bytes at their places, and a journal that outlives the process. */
export interface StoredPart {
  /** What an earlier run noted last; empty where there is none or its bytes are gone. */
  readonly journal: string;
  note(journal: string): Promise<void>;
  write(bytes: Uint8Array, at: number): Promise<void>;
  /** Forgets all bytes. */
  clear(): Promise<void>;
  digest(kind: ChecksumKind, signal?: AbortSignal): Promise<string>;
  /** Gives the content its name; it must have been checked. */
  finish(): Promise<void>;
  /** Throws everything away. */
  remove(): Promise<void>;
  /** Lets go of it; what is there stays for the next run. Idempotent. */
  close(): Promise<void>;
}

/** One repository in the cache of a platform: contents by checksum, snapshots of names, refs of revisions. */
export interface RepositoryStore {
  /** For results and errors. */
  readonly folder: string;
  exists(): Promise<boolean>;
  snapshotFolder(commit: string): string;
  findSnapshot(revision: string): Promise<Snapshot | undefined>;
  /** One file of a snapshot, not read yet. @throws NextTokenError `file-not-found` */
  openFile(commit: string, path: string): Promise<Blob>;
  contents(): Promise<readonly StoredContent[]>;
  /** The digest of a whole content as it is now. */
  digestOf(digest: string, signal?: AbortSignal): Promise<string>;
  /** @returns false, and removes nothing, while somebody downloads into it */
  remove(): Promise<boolean>;
  /** Runs a download; until it ends nobody removes the repository. */
  download<Result>(work: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result>;

  holds(file: RepositoryFile): Promise<boolean>;
  /**
   * Runs `work` while nobody else, in any process or tab, brings the same content.
   * @param isDone asked once the turn has come: true ends without running `work`
   */
  inTurn(
    digest: string,
    isDone: () => Promise<boolean>,
    work: () => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<void>;
  openPart(file: RepositoryFile): Promise<StoredPart>;
  /** Puts a whole content under a file's name. */
  link(commit: string, file: RepositoryFile): Promise<void>;
  setRef(revision: string, commit: string): Promise<void>;
  /** What a failure of the storage itself becomes; `undefined` for other errors. */
  failure(error: unknown, file: RepositoryFile): NextTokenError | undefined;
}
