import { listMaskPolicies } from '#lib/gateways/database/masking-policies.ts';
import { log } from '#lib/log.ts';
import type { MaskPolicy } from '#lib/model/mask.ts';
import type { Principal } from '#lib/model/principal.ts';
import { onStop, registry } from '#lib/process.ts';
import { holds } from './masks-for.ts';

/**
 * Tells streams that what they may show has changed: at once when a policy was changed in this process, and within ten seconds when it
 * was in another one.
 */
type Watch = {
  principal: Pick<Principal, 'role'>;
  clusterId: string;
  topic: string;
  seen: string;
  callback: () => void;
};
type Watches = { all: Set<Watch>; timer: NodeJS.Timeout | null };

const checkEveryMs = 10_000;

const watches = (): Watches =>
  registry('mask-watches', () => {
    const state: Watches = { all: new Set(), timer: null };
    onStop('streams', 'mask watch', async () => {
      if (state.timer) clearInterval(state.timer);
    });
    return state;
  });

const seenBy = (
  policies: readonly MaskPolicy[],
  { principal, clusterId, topic }: Omit<Watch, 'seen' | 'callback'>,
) =>
  policies
    .filter((policy) => holds(policy, principal, clusterId, topic))
    .map(({ id, version }) => `${id}:${version}`)
    .join();

/**
 * Calls `callback` once when the masks that hold for somebody on a topic are others than now. To be asked for before the masks are.
 * @returns what to call when it need not be known any more
 */
export async function watchMasks(
  principal: Pick<Principal, 'role'>,
  clusterId: string,
  topic: string,
  callback: () => void,
): Promise<() => void> {
  const state = watches();
  const about = { principal, clusterId, topic };
  const watch: Watch = { ...about, seen: seenBy(await listMaskPolicies(), about), callback };
  state.all.add(watch);
  if (!state.timer) {
    state.timer = setInterval(() => void checkMasks(), checkEveryMs);
    state.timer.unref();
  }
  return () => {
    state.all.delete(watch);
    if (state.all.size > 0 || !state.timer) return;
    clearInterval(state.timer);
    state.timer = null;
  };
}

/** Looks at the policies once for all streams. */
export async function checkMasks(): Promise<void> {
  const { all } = watches();
  if (all.size === 0) return;
  try {
    const policies = await listMaskPolicies();
    for (const watch of [...all]) {
      if (seenBy(policies, watch) === watch.seen || !all.delete(watch)) continue;
      watch.callback();
    }
  } catch (error) {
    // Without a database no policy can change either; the next round looks again.
    log.warn('masks.check-failed', { error });
  }
}
