import { cpus, totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { invalidParameter } from '@nexttoken/model';
import { modelFlags } from '../arguments/flags';
import { measureRound, median, type Round } from '../bench/measure';
import { withModel } from '../model/with-model';
import { formatBytes } from '../output/format-bytes';
import { printResult } from '../output/print-result';
import type { Command } from './command';

const text = 'Once upon a time there was a little fox who wanted to know which word comes next. ';

export const bench: Command = {
  name: 'bench',
  summary: 'how fast a model reads and writes on this machine',
  usage: '[flags]',
  remarks: 'Medians over the rounds, behind one that warms up. Run it when nothing else runs.',
  flags: ['tokens', 'prompt-tokens', 'rounds', ...modelFlags, 'json'],
  prepare(args, terminal) {
    if (args.words.length > 0) throw invalidParameter('nexttoken', 'bench', args.words[0], 'flags only');
    const count = { integer: true, minimum: 1 };
    const tokens = args.number('tokens', count) ?? 64;
    const promptTokens = args.number('prompt-tokens', count) ?? 128;
    const rounds = args.number('rounds', count) ?? 3;
    return async () => {
      const start = performance.now();
      await withModel(args, terminal, async ({ model, tokenizer, source }) => {
        const load = performance.now() - start;
        const { contextLength } = model.capabilities;
        if (promptTokens + tokens > contextLength) {
          throw invalidParameter(
            'nexttoken',
            '--tokens',
            tokens,
            `at most ${contextLength - promptTokens} here`,
          );
        }
        const once = tokenizer.encode(text, { addSpecialTokens: false }).ids;
        const ids = Int32Array.from({ length: promptTokens }, (_, index) => once[index % once.length]!);
        const measured: Round[] = [];
        for (let round = 0; round <= rounds; round++) {
          terminal.progress(`round ${round} of ${rounds}`);
          const result = await measureRound(model, ids, tokens, terminal.signal);
          if (round > 0) measured.push(result);
        }
        terminal.progress('');
        const prefill = median(measured.map((round) => round.prefill));
        const decode = median(measured.map((round) => round.decode));
        const { device, dtype, backend } = model.describe();
        const [processor] = cpus();
        const report = {
          machine: {
            processor: processor?.model ?? 'unknown',
            cores: cpus().length,
            memory: totalmem(),
            node: process.version,
          },
          model: { name: source.name, backend, device, dtype },
          rounds,
          prompt_tokens: promptTokens,
          tokens,
          load_ms: load,
          prefill_ms: prefill,
          prefill_tokens_per_second: (1000 * promptTokens) / prefill,
          decode_ms_per_token: decode,
          decode_tokens_per_second: 1000 / decode,
          memory_bytes: process.memoryUsage().rss,
        };
        printResult(args, terminal, report, () => {
          const { machine } = report;
          return [
            `${machine.processor}, ${machine.cores} cores, ${formatBytes(machine.memory)}, Node ${machine.node}`,
            `${source.name}: ${dtype} on ${device} (${backend}), loaded in ${load.toFixed(0)} ms`,
            `prompt: ${promptTokens} tokens in ${prefill.toFixed(1)} ms, ${report.prefill_tokens_per_second.toFixed(0)} tokens/s`,
            `decode: ${decode.toFixed(2)} ms a token, ${report.decode_tokens_per_second.toFixed(0)} tokens/s (${tokens} tokens)`,
            `memory: ${formatBytes(report.memory_bytes)}`,
          ].join('\n');
        });
      });
    };
  },
};
