/** IP addresses and ranges as numbers, so that every way of writing one is judged the same. Pure. */

export type IpAddress = { version: 4 | 6; value: bigint };

/** A range: `bits` leading bits of `base` are fixed. */
export type Cidr = { version: 4 | 6; base: bigint; bits: number };

const width = (version: 4 | 6): bigint => (version === 4 ? 32n : 128n);

/**
 * Reads an address in its strict form: four decimal parts without leading zeros, or RFC 4291 text with
 * an optional embedded IPv4 tail. Everything else — octal, hexadecimal, one big number, zone ids — is null.
 */
export function parseIp(text: string): IpAddress | null {
  if (!text.includes(':')) {
    const value = parseV4(text);
    return value === null ? null : { version: 4, value };
  }
  const value = parseV6(text);
  return value === null ? null : { version: 6, value };
}

function parseV4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half, index) =>
    half === '' ? [] : index === halves.length - 1 ? expandTail(half.split(':')) : half.split(':'),
  );
  const [head, tail] = groups;
  if (!head || tail === null) return null;
  const present = head.length + (tail?.length ?? 0);
  if (halves.length === 1 ? present !== 8 : present > 7) return null;
  const all = [...head, ...Array<string>(8 - present).fill('0'), ...(tail ?? [])];
  let value = 0n;
  for (const group of all) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return value;
}

/** `…:1.2.3.4` → `…:102:304`; null when the tail is not an IPv4 address. */
function expandTail(groups: string[]): string[] | null {
  const last = groups.at(-1) ?? '';
  if (!last.includes('.')) return groups;
  const value = parseV4(last);
  if (value === null) return null;
  return [...groups.slice(0, -1), (value >> 16n).toString(16), (value & 0xffffn).toString(16)];
}

/** Reads `10.0.0.0/8` or a single address. Null when it is neither, or when bits beyond the prefix are set. */
export function parseCidr(text: string): Cidr | null {
  const [address = '', prefix, ...rest] = text.trim().split('/');
  const ip = parseIp(address);
  if (!ip || rest.length > 0) return null;
  const bits =
    prefix === undefined ? Number(width(ip.version)) : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  if (bits < 0 || bits > Number(width(ip.version))) return null;
  const host = (1n << (width(ip.version) - BigInt(bits))) - 1n;
  return (ip.value & host) === 0n ? { version: ip.version, base: ip.value, bits } : null;
}

/** Whether the address lies in the range. An IPv4 address never lies in an IPv6 range, mapped or not. */
export function isInCidr(ip: IpAddress, cidr: Cidr): boolean {
  if (ip.version !== cidr.version) return false;
  const shift = width(ip.version) - BigInt(cidr.bits);
  return ip.value >> shift === cidr.base >> shift;
}

const mapped = parseCidr('::ffff:0:0/96')!;

/** `::ffff:1.2.3.4` as `1.2.3.4`, as sockets report IPv4 peers; anything else as it is. */
export const unmapped = (ip: IpAddress): IpAddress =>
  isInCidr(ip, mapped) ? { version: 4, value: ip.value & 0xffff_ffffn } : ip;

/** The one way of writing an address: dotted decimal, or eight groups without shortening. */
export function formatIp(ip: IpAddress): string {
  const parts: string[] = [];
  if (ip.version === 4) {
    for (let shift = 24n; shift >= 0n; shift -= 8n) parts.push(((ip.value >> shift) & 255n).toString());
    return parts.join('.');
  }
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(((ip.value >> shift) & 0xffffn).toString(16));
  return parts.join(':');
}

/** The network an address belongs to, cut to `bits`: what limits per client count, since one client owns a whole IPv6 /64. */
export function networkOf(ip: IpAddress, bits: number): string {
  const shift = width(ip.version) - BigInt(bits);
  return `${formatIp({ version: ip.version, value: (ip.value >> shift) << shift })}/${bits}`;
}
