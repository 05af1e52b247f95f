import { z } from 'zod';

/** Roles from least to most rights; each includes the one before. */
export const roles = ['viewer', 'developer', 'operator', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Whether `role` has at least the rights of `least`. */
export const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

/** The lower of two roles: what a token of an owner is worth now. */
export const lowerRole = (a: Role, b: Role): Role => (isAtLeast(a, b) ? b : a);

/** Who asks. `credentialId` is the session or the token; `system` is the collector and start-up. */
export type Principal = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  via: 'session' | 'token' | 'system';
  credentialId: string;
};
