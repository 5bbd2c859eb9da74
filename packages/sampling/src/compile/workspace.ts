import { type CandidateList, createCandidateList } from './candidate-list';
import { createNameTable, type NameTable } from './rename-ids';
import type { Step } from './step';

/** The buffers of one compiled chain for one vocabulary, and where a run stands. */
export interface Workspace {
  readonly list: CandidateList;
  /** A row to write to where the caller's must not be changed, shape `[vocabSize]`. */
  readonly own: Float32Array;
  readonly table: NameTable;
  /** Stages that were put off; they come before the division. */
  readonly pending: Step[];
  /** The row as it stands, unless the survivors are listed. */
  row: Float32Array;
  /** Whether `row` may be written to. */
  isWritable: boolean;
  /** What the row's scores are still to be divided by; 1 for nothing. */
  divisor: number;
  /** Whether the survivors are listed; `row` is out of date then. */
  isListed: boolean;
}

function createWorkspace(vocabSize: number): Workspace {
  const own = new Float32Array(vocabSize);
  const list = createCandidateList(vocabSize);
  const table = createNameTable();
  return { list, own, table, pending: [], row: own, isWritable: true, divisor: 1, isListed: false };
}

/** Gives the workspace for a row, always the same one as long as the vocabulary stays. */
export function workspaces(): (row: Float32Array, isWritable: boolean) => Workspace {
  let workspace: Workspace | undefined;
  return (row, isWritable) => {
    if (workspace?.own.length !== row.length) workspace = createWorkspace(row.length);
    workspace.pending.length = 0;
    workspace.row = row;
    workspace.isWritable = isWritable;
    workspace.divisor = 1;
    workspace.isListed = false;
    return workspace;
  };
}

/** Makes the row one that may be written to. */
export function makeWritable(workspace: Workspace): void {
  if (workspace.isWritable) return;
  workspace.own.set(workspace.row);
  workspace.row = workspace.own;
  workspace.isWritable = true;
}

/** Applies the division that was put off. */
export function applyDivisor(workspace: Workspace): void {
  const { divisor } = workspace;
  if (divisor === 1) return;
  makeWritable(workspace);
  const { row } = workspace;
  for (let i = 0; i < row.length; i++) row[i] = row[i]! / divisor;
  workspace.divisor = 1;
}

/** The whole row as it stands, to be written to. */
export function denseRow(workspace: Workspace): Float32Array {
  if (!workspace.isListed) {
    makeWritable(workspace);
    applyDivisor(workspace);
    return workspace.row;
  }
  const { list, own } = workspace;
  if (!workspace.isWritable) workspace.row = own;
  const { row } = workspace;
  row.fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < list.count; i++) row[list.ids[i]!] = list.scores[i]!;
  workspace.isWritable = true;
  workspace.isListed = false;
  return row;
}
