import { NextTokenError } from '@nexttoken/model';
import type { HubPlatform } from '../platform/hub-platform';
import { neededFiles, type WeightsChoice } from '../selection/needed-files';
import { type DownloadedRepository, downloadRepository } from './download-repository';
import { checkModelId } from './model-id';
import { type DownloadPlan, planRepository } from './plan-repository';
import { checkRepositoryOptions, type RepositoryOptions } from './repository-options';

export interface DownloadOptions extends RepositoryOptions, WeightsChoice {}

export type DownloadedModel = DownloadedRepository;

const choiceNames = ['weights', 'file'];

export async function bringModel(
  platform: HubPlatform,
  id: string,
  options: DownloadOptions,
): Promise<DownloadedModel> {
  checkRepositoryOptions('downloadModel', options, choiceNames);
  return downloadRepository(platform, 'model', id, (paths) => neededFiles(id, paths, options), options);
}

export async function planModel(
  platform: HubPlatform,
  id: string,
  options: DownloadOptions,
): Promise<DownloadPlan> {
  checkRepositoryOptions('planDownload', options, choiceNames);
  checkModelId(id);
  const settings = await platform.settings(options);
  if (settings.offline) {
    const message = `${id}: its size is known to the hub alone, and no server is asked: offline`;
    throw new NextTokenError('offline', message, { name: id, path: settings.cacheFolder });
  }
  const choose = (paths: readonly string[]) => neededFiles(id, paths, options);
  const {
    client: _,
    needed: __,
    ...plan
  } = await planRepository(platform, 'model', id, choose, settings, options);
  return plan;
}
