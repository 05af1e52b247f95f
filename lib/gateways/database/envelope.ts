import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '#lib/errors/app-error.ts';

/** A master key with the name it goes by in sealed texts. 32 bytes. */
export type Key = { id: string; key: Buffer };

/** Where a secret belongs. It is bound into the seal: moved anywhere else, the secret does not open. */
export type Place = { table: string; id: string; field: string; version: number };

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Length-prefixed, so that no two places read the same. */
const bound = (place: Place, keyId: string): Buffer =>
  Buffer.from(
    [place.table, place.id, place.field, String(place.version), keyId]
      .map((part) => `${Buffer.byteLength(part)}:${part}`)
      .join(''),
  );

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(aad);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  const body = sealed.subarray(ivBytes, -tagBytes);
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/**
 * Seals `plain` for one place: AES-256-GCM with a data key of its own, which is wrapped by the master key (R17).
 * @returns `v1.<key id>.<wrapped data key>.<sealed text>`, the last two in base64url
 */
export function seal(key: Key, place: Place, plain: string): string {
  const aad = bound(place, key.id);
  const dataKey = randomBytes(32);
  const wrapped = encrypt(key.key, dataKey, aad);
  const body = encrypt(dataKey, Buffer.from(plain, 'utf8'), aad);
  dataKey.fill(0);
  return `v1.${key.id}.${wrapped.toString('base64url')}.${body.toString('base64url')}`;
}

/**
 * Opens what `seal` made.
 * @throws AppError `secret.unreadable` when a byte was changed, it was moved, or its key is not in the ring
 */
export function open(ring: readonly Key[], place: Place, sealed: string): string {
  const unreadable = (cause?: unknown) =>
    new AppError('secret.unreadable', { owner: `${place.table} ${place.id}`, field: place.field }, { cause });
  const [format, keyId, wrapped, body, ...rest] = sealed.split('.');
  const key = ring.find(({ id }) => id === keyId);
  if (format !== 'v1' || !key || !wrapped || !body || rest.length > 0) throw unreadable();
  try {
    const aad = bound(place, key.id);
    const dataKey = decrypt(key.key, fromBase64(wrapped), aad);
    return decrypt(dataKey, fromBase64(body), aad).toString('utf8');
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** Strict: a decoder that forgives would open a text that was changed in bits it ignores. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new Error('not canonical base64url');
  return bytes;
}

/** The id of the master key a sealed text needs. */
export const keyIdOf = (sealed: string): string => sealed.split('.')[1] ?? '';
