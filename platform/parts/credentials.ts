/**
 * The users of the platform's SASL listeners. These are not secrets: the platform listens on loopback only and holds
 * made-up data.
 */
export const credentials = {
  /** Super user. */
  admin: { username: 'admin', password: 'admin-secret' },
  /** Full rights on topics, groups and transactional ids whose name begins with `shop.`, and on nothing else. */
  app: { username: 'app', password: 'app-secret' },
  /** Signs in and sees nothing. */
  nobody: { username: 'nobody-acl', password: 'nobody-secret' },
} as const;

export const scramMechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/** The prefix that user `app` is confined to. */
export const appPrefix = 'shop.';
