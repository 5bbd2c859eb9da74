import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DecoderModel } from '@nexttoken/onnx-decoder';
import type { InferenceSession } from 'onnxruntime-node';
import { type ProviderReport, providerReport } from './devices/provider-report';

/** A folder for the profile of the first pass. */
export async function profileFolder(): Promise<{ readonly prefix: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'nexttoken-profile-'));
  return {
    prefix: join(folder, 'pass'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Computes one position, so that the device's programs are built before the first answer is waited for. */
export async function warmUp(model: DecoderModel): Promise<void> {
  const session = await model.createSession();
  await session.forward([[0]]);
  await session.dispose();
}

/** Ends a session's profile and reads it. */
export async function endProfile(session: InferenceSession, prefix: string): Promise<ProviderReport> {
  session.endProfiling();
  const folder = join(prefix, '..');
  const [file] = await readdir(folder);
  return providerReport(join(folder, file!));
}
