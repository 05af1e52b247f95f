import { allows, type Permission, permissions } from '#lib/model/permission.ts';
import type { Role } from '#lib/model/role.ts';

/** For each act of the query bar null, or in a sentence why the one who looks may not do it. */
export type QueryRights = { save: string | null; export: string | null; override: string | null };

const acts: Record<keyof QueryRights, readonly [permission: Permission, what: string]> = {
  save: ['search:save', 'Saving a search'],
  export: ['message:export', 'Exporting records'],
  override: ['serde:override', 'Setting how a topic is decoded for everyone'],
};

export function rightsOf(role: Role): QueryRights {
  const refusal = ([permission, what]: readonly [Permission, string]) =>
    allows(role, permission)
      ? null
      : `${what} needs the role ${permissions[permission]} or more; you are signed in as ${role}.`;
  return { save: refusal(acts.save), export: refusal(acts.export), override: refusal(acts.override) };
}
