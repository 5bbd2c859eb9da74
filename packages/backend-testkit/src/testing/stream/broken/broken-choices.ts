import type { LogitsProcessor, StreamRequest } from '@nexttoken/model';
import { processorData } from '../../../stream-kit/sampling-data';
import type { ReferenceNetwork } from '../../reference-network';
import { ReferenceWriter } from '../reference-writer';
import { StopCutter } from '../stop-cutter';
import { type BrokenStream, brokenWriter } from './broken-stream';

/** Another request than the one that was made. */
function brokenRequest(
  mistake: string,
  place: Parameters<typeof brokenWriter>[1],
  change: (request: StreamRequest) => Partial<StreamRequest>,
): BrokenStream {
  return brokenWriter(
    mistake,
    place,
    class extends ReferenceWriter {
      constructor(network: ReferenceNetwork, request: StreamRequest) {
        super(network, { ...request, ...change(request) });
      }
    },
  );
}

const across = 'the text ends before a stop string';

/** Mistakes of stops, seeds and processors. */
export const brokenChoices: readonly BrokenStream[] = [
  brokenWriter(
    'the stop string is left in the text',
    ['stops', across],
    class extends ReferenceWriter {
      protected override cutter(stops: readonly string[]) {
        const cutter = new StopCutter(stops);
        let seen = '';
        return {
          flush: () => cutter.flush(),
          push: (text: string) => {
            seen += text;
            const answer = cutter.push(text);
            const stop = answer.stopped ? stops.find((one) => seen.includes(one)) : undefined;
            return { ...answer, text: answer.text + (stop ?? '') };
          },
        };
      }
    },
  ),
  brokenWriter(
    'stop strings are looked for in each token alone',
    ['stops', across],
    class extends ReferenceWriter {
      protected override cutter(stops: readonly string[]) {
        return {
          flush: () => '',
          push: (text: string) => {
            const at = stops.map((stop) => text.indexOf(stop)).find((place) => place >= 0);
            return { text: text.slice(0, at), stopped: at !== undefined };
          },
        };
      }
    },
  ),
  brokenRequest(
    'only the first of the stop strings is used',
    ['stops', 'the first of several'],
    (request) => ({
      stopStrings: request.stopStrings?.slice(0, 1),
    }),
  ),
  brokenWriter(
    'what was held back is lost at the end',
    ['stops', 'what looked like a stop string'],
    class extends ReferenceWriter {
      protected override cutter(stops: readonly string[]) {
        const cutter = new StopCutter(stops);
        return { push: (text: string) => cutter.push(text), flush: () => '' };
      }
    },
  ),
  brokenRequest('stop ids are ignored', ['stops', 'the text ends before a stop id'], () => ({
    stopTokenIds: [],
  })),
  brokenRequest('the seed is ignored: always the same luck', ['determinism', 'the same seed'], () => ({
    seed: 5,
  })),
  brokenRequest(
    'the seed is ignored: luck of its own',
    ['determinism', 'the same seed', 'processors'],
    () => ({
      seed: undefined,
    }),
  ),
  brokenRequest(
    'greedy is a draw',
    ['determinism', 'the same request', 'tokens', 'limits', 'stops', 'processors', 'concurrency'],
    () => ({
      sampler: undefined,
      seed: undefined,
    }),
  ),
  brokenWriter(
    'a temperature of the server’s own where none was asked for',
    ['processors', 'no processor is the model’s own'],
    class extends ReferenceWriter {
      protected override processors(): readonly LogitsProcessor[] {
        const asked = super.processors();
        return asked.length > 0 ? asked : [processorData('temperature', { temperature: 0.4 })];
      }
    },
  ),
  brokenWriter(
    'topK is accepted and ignored',
    ['processors', 'drawing after topK(1)'],
    class extends ReferenceWriter {
      protected override processors(): readonly LogitsProcessor[] {
        return super.processors().filter(({ type }) => type !== 'topK');
      }
    },
  ),
  brokenWriter(
    'the parts of a chain are forgotten',
    ['processors', 'a chain stands for its parts'],
    class extends ReferenceWriter {
      protected override processors(): readonly LogitsProcessor[] {
        return (this.request.processors ?? []).filter(({ type }) => type !== 'chain');
      }
    },
  ),
];
