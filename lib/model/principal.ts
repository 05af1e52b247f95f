import { z } from 'zod';
import { roles } from './role.ts';

export { isAtLeast, lowerRole, roles } from './role.ts';

export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Who asks. `credentialId` is the session or the token; `system` is the collector and start-up. */
export type Principal = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  via: 'session' | 'token' | 'system';
  credentialId: string;
};
