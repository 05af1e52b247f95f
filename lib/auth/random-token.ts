import { createHash, randomBytes } from 'node:crypto';

/** A new random token of `bits`, written URL-safe. */
export const randomToken = (bits: 128 | 256 = 256): string => randomBytes(bits / 8).toString('base64url');

/**
 * What is stored of a token: SHA-256, hex. The tokens are random and long, so that a plain digest
 * cannot be searched backwards, and the lookup by it tells nothing through its timing.
 */
export const hashToken = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');
