/** A browser that is signed in. The token is only in its cookie; here is only what tells sessions apart. */
export type Session = {
  id: string;
  userId: string;
  ip: string;
  userAgent: string;
  createdAtMs: number;
  lastSeenAtMs: number;
  /** When it ends if nothing happens any more. */
  expiresAtMs: number;
};
