import { randomUUID } from 'node:crypto';
import type { Principal, Role } from '#lib/model/principal.ts';
import { roles } from '#lib/model/role.ts';
import type { Context } from '#lib/operations/context.ts';

/** Somebody with a role, signed in by a session. A new person each time, so that rates are not shared. */
export function principalAs(role: Role, known: Partial<Principal> = {}): Principal {
  const id = randomUUID();
  return {
    userId: id,
    name: `A ${role}`,
    email: `${role}-${id}@example.com`,
    role,
    via: 'session',
    credentialId: id,
    ...known,
  };
}

/** The context of a request of that somebody, as the corridor takes it. */
export const contextAs = (role: Role, known: Partial<Principal> = {}): Context => ({
  principal: principalAs(role, known),
  requestId: randomUUID(),
  ip: '192.0.2.7',
  userAgent: 'test',
  signal: new AbortController().signal,
});

/** The roles that stand below one. */
export const rolesBelow = (role: Role): Role[] => roles.slice(0, roles.indexOf(role));
