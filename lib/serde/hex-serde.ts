import type { Reading, Serde } from './serde.ts';

/** Any bytes at all, two digits each. */
export const hexSerde: Serde = {
  name: 'hex',
  read: (bytes): Reading => ({ fits: true, reason: 'Shown byte by byte.', body: { as: 'hex', bytes } }),
  decode: (bytes) => ({ value: bytes }),
};

/** Any bytes at all, as base64. Only where it is chosen. */
export const base64Serde: Serde = {
  name: 'base64',
  read: (bytes): Reading => ({ fits: true, reason: 'Shown as base64.', body: { as: 'base64', bytes } }),
  decode: (bytes) => ({ value: bytes.toString('base64') }),
};
