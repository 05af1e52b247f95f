import { liveCredentials } from '#lib/gateways/database/access-tokens.ts';
import { log } from '#lib/log.ts';
import { lowerRole, type Principal } from '#lib/model/principal.ts';
import { onStop, registry } from '#lib/process.ts';

/**
 * Tells open streams that the person behind them may no longer look (R5): at once when it happened in this process, and
 * within ten seconds when it happened in another one, by expiry, or by hand in the database.
 */
type Watch = { principal: Principal; callback: () => void };
type Watches = { all: Set<Watch>; timer: NodeJS.Timeout | null; isAsking: boolean };

const checkEveryMs = 10_000;

const watches = (): Watches =>
  registry('revocation', () => {
    const state: Watches = { all: new Set(), timer: null, isAsking: false };
    onStop('streams', 'revocation watch', async () => {
      if (state.timer) clearInterval(state.timer);
    });
    return state;
  });

/**
 * Calls `callback` once when the principal's session or token ends, its user is disabled, or its role changes.
 * @returns what to call when it need not be known any more.
 */
export function onRevoked(principal: Principal, callback: () => void): () => void {
  const state = watches();
  const watch: Watch = { principal, callback };
  state.all.add(watch);
  if (!state.timer) {
    state.timer = setInterval(() => void checkRevoked(), checkEveryMs);
    state.timer.unref();
  }
  return () => {
    state.all.delete(watch);
    if (state.all.size === 0 && state.timer) {
      clearInterval(state.timer);
      state.timer = null;
    }
  };
}

/** Which principals are concerned: those of a user, or those of one session or token. */
export type Revoked = { userId: string } | { credentialIds: readonly string[] };

/** Ends the streams of whoever was revoked in this process. */
export function announceRevoked(revoked: Revoked): void {
  for (const watch of [...watches().all]) {
    const { userId, credentialId } = watch.principal;
    const isMeant =
      'userId' in revoked ? userId === revoked.userId : revoked.credentialIds.includes(credentialId);
    if (isMeant) end(watch);
  }
}

/** Asks the database once which of the watched principals are still what they were. */
export async function checkRevoked(): Promise<void> {
  const state = watches();
  if (state.isAsking || state.all.size === 0) return;
  state.isAsking = true;
  try {
    const asked = [...state.all];
    const idsVia = (via: Principal['via']) => [
      ...new Set(asked.filter((w) => w.principal.via === via).map((w) => w.principal.credentialId)),
    ];
    const live = await liveCredentials(idsVia('session'), idsVia('token'));
    for (const watch of asked) {
      const { via, credentialId, role } = watch.principal;
      if (via === 'system') continue;
      const now = live.get(credentialId);
      const roleNow = now && (now.tokenRole ? lowerRole(now.userRole, now.tokenRole) : now.userRole);
      if (roleNow !== role) end(watch);
    }
  } catch (error) {
    // Without a database nobody can be revoked either; the next round asks again.
    log.warn('auth.revocation-check-failed', { error });
  } finally {
    state.isAsking = false;
  }
}

function end(watch: Watch): void {
  if (!watches().all.delete(watch)) return;
  try {
    watch.callback();
  } catch (error) {
    log.error('auth.revocation-callback-failed', { error });
  }
}
