import { invalidParameter } from '@nexttoken/model';

const idPattern = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;

/** Whether a text has the form `organisation/name` of the hub. */
export function isModelId(id: string): boolean {
  return idPattern.test(id) && !id.includes('..') && !id.includes('--') && id.length <= 200;
}

/** @throws NextTokenError `invalid-parameter` for what is no `organisation/name` */
export function checkModelId(id: string): string {
  if (isModelId(id)) return id;
  throw invalidParameter('hub', 'id', id, 'organisation/name, as on the hub');
}

/** @throws NextTokenError `invalid-parameter` for what is no branch, tag or commit */
export function checkRevision(revision: string): string {
  const parts = revision.split('/');
  const legal =
    parts.every((part) => /^\w[\w.+-]*$/.test(part) && !part.includes('..')) && revision.length <= 200;
  if (legal) return revision;
  throw invalidParameter('hub', 'revision', revision, 'a branch, a tag or a commit');
}
