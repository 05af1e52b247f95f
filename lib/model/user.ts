import type { Role } from './principal.ts';

export type User = {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Set: cannot sign in, and no session or token is accepted. */
  disabledAtMs: number | null;
  lastSignInAtMs: number | null;
  createdAtMs: number;
};

/** Somebody was asked to join. The token of the link is not kept, only its digest. */
export type Invite = {
  id: string;
  email: string;
  role: Role;
  invitedById: string;
  createdAtMs: number;
  expiresAtMs: number;
  acceptedAtMs: number | null;
  revokedAtMs: number | null;
};
