import { embeddedNames, listWeightsCache, loadTokenizer } from '@nexttoken/load';
import { formatBytes } from '../output/format-bytes';
import { safeJson } from '../terminal/escape-controls';
import type { Style } from '../terminal/style';
import { version } from '../version';
import type { Command } from './command';

export const doctor: Command = {
  name: 'doctor',
  summary: 'devices, versions and the weights cache of this machine',
  usage: '[flags]',
  flags: ['json'],
  prepare: (args, terminal) => async () => {
    const report = await examine();
    terminal.print(args.has('json') ? `${safeJson(report)}\n` : reportText(report, terminal.style));
  },
};

interface Report {
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly devices: readonly {
    readonly device: string;
    readonly supported: boolean;
    readonly reason?: string;
  }[];
  readonly models: readonly {
    readonly name: string;
    readonly available: boolean;
    readonly reason?: string;
  }[];
  readonly cache: {
    readonly folder: string;
    readonly bytes: number;
    readonly entries: readonly { readonly path: string; readonly bytes: number; readonly inUse: boolean }[];
  };
}

async function examine(): Promise<Report> {
  const runtime = await import('../model/runtime').catch((error: Error) => error);
  const works = !(runtime instanceof Error);
  const { folder, bytes, entries } = await listWeightsCache();
  return {
    versions: {
      nexttoken: version(),
      node: process.versions.node,
      'onnxruntime-node': works ? runtime.runtimeVersion() : `does not work: ${runtime.message}`,
    },
    platform: `${process.platform} ${process.arch}`,
    devices: works ? runtime.onnxNodeDevices() : [],
    models: await Promise.all(embeddedNames.map(examineModel)),
    cache: { folder, bytes, entries: entries.map(({ path, bytes, inUse }) => ({ path, bytes, inUse })) },
  };
}

async function examineModel(name: string): Promise<Report['models'][number]> {
  try {
    await loadTokenizer(name);
    return { name, available: true };
  } catch (error) {
    return { name, available: false, reason: (error as Error).message };
  }
}

function reportText({ versions, platform, devices, models, cache }: Report, style: Style): string {
  const { bold, dim } = style;
  const state = (name: string, good: boolean, reason?: string): string =>
    `  ${good ? style.accent('✓') : dim('✗')} ${name}${reason ? dim(`  ${reason}`) : ''}`;
  return [
    bold('versions'),
    ...Object.entries(versions).map(([name, value]) => `  ${name} ${value}`),
    `  ${platform}`,
    bold('devices'),
    ...devices.map(({ device, supported, reason }) => state(device, supported, reason)),
    bold('embedded models'),
    ...models.map(({ name, available, reason }) => state(name, available, reason)),
    bold('weights cache'),
    `  ${cache.folder}`,
    `  ${cache.entries.length} files, ${formatBytes(cache.bytes)} (may be removed at any time)`,
    '',
  ].join('\n');
}
