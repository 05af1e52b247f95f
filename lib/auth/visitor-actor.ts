import type { Actor } from '#lib/audit/record.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Target } from '#lib/operations/target.ts';
import type { Visitor } from './auth-route.ts';

/** How the audit names whoever stands at the door. */

const from = ({ requestId, ip, userAgent }: Visitor) => ({ requestId, ip, userAgent });

/** Somebody of whom nothing is known but the address. */
export const stranger = (visitor: Visitor): Actor => ({
  principal: { userId: 'anonymous', name: 'not signed in', role: 'none', via: 'none' },
  ...from(visitor),
});

export const actorOf = (account: { userId: string; name: string; role: Role }, visitor: Visitor): Actor => ({
  principal: { userId: account.userId, name: account.name, role: account.role, via: 'session' },
  ...from(visitor),
});

export const accountTarget = (account: { userId: string }): Target => ({
  type: 'user',
  id: account.userId,
  clusterId: null,
});
