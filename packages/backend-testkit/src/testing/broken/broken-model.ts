import type { BackendTestOptions } from '../../kit/backend-test-options';
import { ReferenceModel, type ReferenceModelOptions } from '../reference-model';
import type { ReferenceSession, Row } from '../reference-session';

/** A model with one mistake, and the suite that must see it. */
export interface BrokenModel {
  /** The mistake, in words. */
  readonly mistake: string;
  readonly suite: string;
  /** A part of the name of a test that must fail. */
  readonly test: string;
  readonly create: () => ReferenceModel;
  /** What the kit is given beside it. */
  readonly options?: Partial<BackendTestOptions>;
}

type SessionClass = new (model: ReferenceModel, rows: readonly Row[]) => ReferenceSession;
type ModelClass = new (options?: ReferenceModelOptions) => ReferenceModel;

/** The reference model with another session. */
export function brokenSession(
  mistake: string,
  [suite, test]: readonly [suite: string, test: string],
  Session: SessionClass,
  options: ReferenceModelOptions = {},
): BrokenModel {
  class Model extends ReferenceModel {
    override newSession(rows: readonly Row[]): ReferenceSession {
      return new Session(this, rows);
    }
  }
  return { mistake, suite, test, create: () => new Model(options) };
}

/** The reference model with another model class. */
export function brokenModel(
  mistake: string,
  [suite, test]: readonly [suite: string, test: string],
  Model: ModelClass,
): BrokenModel {
  return { mistake, suite, test, create: () => new Model() };
}
