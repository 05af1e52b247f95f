import type { Role } from './role.ts';
import { isAtLeast } from './role.ts';

/** Every right there is, with the least role that holds it. Nouns are the nouns of the product; one line per verb. */
export const permissions = {
  'cluster:read': 'viewer',
  'cluster:create': 'admin',
  'cluster:update': 'admin',
  'cluster:delete': 'admin',
  'cluster:test': 'admin',
  'broker:read': 'viewer',
  'broker:configure': 'operator',
  'topic:read': 'viewer',
  'topic:create': 'operator',
  'topic:configure': 'operator',
  'topic:add-partitions': 'operator',
  'topic:delete': 'operator',
  'partition:elect-leader': 'operator',
  'group:read': 'viewer',
  'group:reset': 'operator',
  'group:delete': 'operator',
  'message:read': 'developer',
  'message:produce': 'operator',
  'message:delete': 'operator',
  'serde:override': 'operator',
  'message:export': 'developer',
  'mask:read': 'operator',
  'mask:update': 'admin',
  'search:save': 'developer',
  'template:save': 'operator',
  'metric:read': 'viewer',
  'metric:configure': 'admin',
  'board:read': 'viewer',
  'board:update': 'operator',
  'board:share': 'operator',
  'alert:read': 'viewer',
  'alert:acknowledge': 'operator',
  'alert:silence': 'operator',
  'alert:update': 'operator',
  'channel:read': 'operator',
  'channel:update': 'admin',
  'channel:test': 'admin',
  'audit:read': 'operator',
  'audit:export': 'admin',
  'user:read': 'admin',
  'user:invite': 'admin',
  'user:update': 'admin',
  'token:read': 'viewer',
  'token:create': 'viewer',
  'token:revoke': 'viewer',
  'session:read': 'viewer',
  'session:revoke': 'viewer',
  'account:update': 'viewer',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof permissions;

/** Whether a role holds a right. */
export const allows = (role: Role, permission: Permission): boolean =>
  isAtLeast(role, permissions[permission]);
