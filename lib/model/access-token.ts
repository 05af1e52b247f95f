import type { Role } from './principal.ts';

/** A personal token for scripts. What it is worth is the lower of its role and its owner's. */
export type AccessToken = {
  id: string;
  userId: string;
  name: string;
  /** The first characters, to tell tokens apart. */
  prefix: string;
  role: Role;
  createdAtMs: number;
  expiresAtMs: number;
  lastUsedAtMs: number | null;
  revokedAtMs: number | null;
};
