import { env } from '#lib/env.ts';
import {
  type Cidr,
  formatIp,
  isInCidr,
  networkOf,
  parseCidr,
  parseIp,
  unmapped,
} from '#lib/model/ip-address.ts';
import { registry } from '#lib/process.ts';
import { peerHeader } from './peer-address.ts';

/** Ranges of `TRUSTED_PROXIES`. An entry that cannot be read trusts nobody. */
export const parseTrustedProxies = (text: string): Cidr[] =>
  text
    .split(',')
    .map(parseCidr)
    .filter((cidr) => cidr !== null);

const configured = (): readonly Cidr[] =>
  registry('trusted-proxies', () => parseTrustedProxies(env().TRUSTED_PROXIES));

/**
 * The address a request came from, or `unknown`. It is the socket's address; only when that belongs to a
 * trusted proxy, the last address in `X-Forwarded-For` that does not.
 */
export function clientAddress(headers: Headers, trusted: readonly Cidr[] = configured()): string {
  const read = (text: string) => {
    const ip = parseIp(text.trim().replace(/^\[(.*)\]$/, '$1'));
    return ip && unmapped(ip);
  };
  let client = read(headers.get(peerHeader) ?? '');
  if (!client) return 'unknown';
  const hops = (headers.get('x-forwarded-for') ?? '').split(',');
  for (let hop = hops.length - 1; hop >= 0; hop -= 1) {
    const current = client;
    if (!trusted.some((range) => isInCidr(current, range))) break;
    const before = read(hops[hop] ?? '');
    if (!before) break;
    client = before;
  }
  return formatIp(client);
}

/** What limits count by: the address, or the /64 that one IPv6 client has to itself. */
export function clientNetwork(address: string): string {
  const ip = parseIp(address);
  return ip?.version === 6 ? networkOf(ip, 64) : address;
}
