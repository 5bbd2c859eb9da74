import { NextTokenError } from '@nexttoken/model';
import type { HubPlatform } from '../platform/hub-platform';
import type { RepositoryPlan } from './plan-repository';

/**
 * Refuses what cannot fit before any of it is fetched, where the platform tells how much room there is.
 * @throws NextTokenError `cache-failed`
 */
export async function checkRoom(platform: HubPlatform, plan: RepositoryPlan, path: string): Promise<void> {
  const { id, neededRoom: needed } = plan;
  if (plan.missingBytes === 0) return;
  const { availableBytes: limit } = await platform.storage(true);
  if (limit === undefined || needed <= limit) return;
  const message = `${id} needs ${needed} more bytes of storage, but only ${limit} are left here`;
  throw new NextTokenError('cache-failed', message, { path, needed, limit });
}
