import type { StreamEvent, StreamRequest } from '@nexttoken/model';
import type { StreamTestOptions } from '../../../stream-kit/stream-test-options';
import { ReferenceStreamModel, type ReferenceStreamModelOptions } from '../reference-stream-model';
import type { ReferenceWriter } from '../reference-writer';

/** A stream model with one mistake, and the suite that must see it. */
export interface BrokenStream {
  /** The mistake, in words. */
  readonly mistake: string;
  readonly suite: string;
  /** A part of the name of a test that must fail. */
  readonly test: string;
  readonly create: () => ReferenceStreamModel;
  /** Further suites that cannot but fail too. */
  readonly also?: readonly string[];
  readonly options?: Partial<StreamTestOptions>;
}

type Place = readonly [suite: string, test: string, ...also: string[]];
type ModelClass = new (options?: ReferenceStreamModelOptions) => ReferenceStreamModel;
type WriterClass = new (...given: ConstructorParameters<typeof ReferenceWriter>) => ReferenceWriter;

/** The reference stream model with another class. */
export function brokenStreamModel(
  mistake: string,
  [suite, test, ...also]: Place,
  Model: ModelClass,
  options: ReferenceStreamModelOptions = {},
): BrokenStream {
  return { mistake, suite, test, also, create: () => new Model(options) };
}

/** The reference stream model with another writer. */
export function brokenWriter(mistake: string, place: Place, Writer: WriterClass): BrokenStream {
  return brokenStreamModel(
    mistake,
    place,
    class extends ReferenceStreamModel {
      protected override writer(request: StreamRequest): ReferenceWriter {
        return new Writer(this.network, request);
      }
    },
  );
}

/** The reference stream model with other events. */
export function brokenEvents(
  mistake: string,
  place: Place,
  change: (event: StreamEvent, request: StreamRequest) => readonly StreamEvent[],
): BrokenStream {
  return brokenStreamModel(
    mistake,
    place,
    class extends ReferenceStreamModel {
      override async *stream(request: StreamRequest): AsyncGenerator<StreamEvent, undefined> {
        for await (const event of super.stream(request)) yield* change(event, request);
        return undefined;
      }
    },
  );
}
