import { type Cidr, type IpAddress, isInCidr, parseCidr, parseIp } from '#lib/model/ip-address.ts';

/**
 * Which addresses an outgoing connection may go to (R20). `infrastructure`: private networks are allowed, because that
 * is where clusters live; what reaches this machine, its cloud's metadata service or nobody in particular is denied
 * unless it is listed. `webhook`: private networks are denied too, for alerts go to services of the internet.
 */
export type EgressProfile = 'infrastructure' | 'webhook';

/** Denied unless listed, with the word that names why. Sources: IANA special-purpose registries, RFC 6890. */
const denied: readonly [string, string][] = [
  ['0.0.0.0/8', 'this host'],
  ['100.64.0.0/10', 'carrier-grade NAT'],
  ['127.0.0.0/8', 'loopback'],
  ['168.63.129.16/32', 'cloud metadata'],
  ['169.254.0.0/16', 'link-local and cloud metadata'],
  ['192.0.0.0/24', 'protocol assignments and cloud metadata'],
  ['192.0.2.0/24', 'documentation'],
  ['192.88.99.0/24', '6to4 relay'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved and broadcast'],
  ['::ffff:0:0/96', 'IPv4 written as IPv6'],
  ['::ffff:0:0:0/96', 'IPv4 written as IPv6'],
  ['::/96', 'unspecified, loopback, or IPv4 written as IPv6'],
  ['64:ff9b::/96', 'NAT64'],
  ['64:ff9b:1::/48', 'NAT64'],
  ['100::/64', 'discard'],
  ['2001::/32', 'Teredo'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['3fff::/20', 'documentation'],
  ['5f00::/16', 'segment routing'],
  ['fd00:ec2::254/128', 'cloud metadata'],
  ['fd20:ce::254/128', 'cloud metadata'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'site-local'],
  ['ff00::/8', 'multicast'],
];

/** Denied besides to alerts: RFC 1918, RFC 4193. */
const privateNetworks: typeof denied = [
  ['10.0.0.0/8', 'a private network'],
  ['172.16.0.0/12', 'a private network'],
  ['192.168.0.0/16', 'a private network'],
  ['fc00::/7', 'a private network'],
];

type DeniedRange = { range: Cidr; word: string };
const rangesOf = (list: typeof denied): DeniedRange[] =>
  list.map(([text, word]) => ({ range: parseCidr(text)!, word }));

const deniedRanges: Readonly<Record<EgressProfile, readonly DeniedRange[]>> = {
  infrastructure: rangesOf(denied),
  webhook: rangesOf([...denied, ...privateNetworks]),
};

/** A range that is allowed although it is denied by default; without ports it is allowed on all of them. */
export type AllowedRange = { range: Cidr; fromPort: number; toPort: number };

/** Where a list of allowed ranges stands. */
export type AllowListName = 'MILLRACE_EGRESS_ALLOW' | 'MILLRACE_NOTIFY_ALLOW';

/**
 * Reads a list of allowed ranges: comma-separated `CIDR`, `CIDR:port` or `CIDR:port-port`; IPv6 ranges with
 * a port stand in brackets, `[::1/128]:9092`.
 * @throws Error naming the entry that cannot be read.
 */
export function parseAllowList(text: string, name: AllowListName = 'MILLRACE_EGRESS_ALLOW'): AllowedRange[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const match =
        /^(?:\[([^\]]+)\]|([^[\]:]+)|([^[\]]*:[^[\]]*:[^[\]]*))(?::(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(entry);
      const range = parseCidr(match?.[1] ?? match?.[2] ?? match?.[3] ?? '');
      const fromPort = match?.[4] === undefined ? 1 : Number(match[4]);
      const toPort =
        match?.[5] !== undefined ? Number(match[5]) : match?.[4] === undefined ? 65_535 : fromPort;
      if (!range || fromPort < 1 || toPort > 65_535 || fromPort > toPort) {
        throw new Error(`${name}: "${entry}" is not CIDR, CIDR:port or CIDR:port-port.`);
      }
      return { range, fromPort, toPort };
    });
}

/** Why the address may not be connected to, in one word; null when it may. */
export function reasonToDeny(
  ip: IpAddress,
  port: number,
  allowed: readonly AllowedRange[],
  profile: EgressProfile = 'infrastructure',
): string | null {
  const listed = allowed.some((a) => isInCidr(ip, a.range) && port >= a.fromPort && port <= a.toPort);
  if (listed) return null;
  return deniedRanges[profile].find(({ range }) => isInCidr(ip, range))?.word ?? null;
}

/**
 * What a host is: an address in its strict form, a name to resolve, or neither. Resolvers read
 * `0177.0.0.1`, `0x7f.1` and `2130706433` as addresses; here they are nothing.
 */
export function readHost(host: string): { ip: IpAddress } | { name: string } | null {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const ip = parseIp(bare);
  if (ip) return { ip };
  if (bare !== host || host.length > 253) return null;
  const labels = host.replace(/\.$/, '').split('.');
  if (labels.some((label) => !/^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label))) return null;
  return /^(\d+|0x[0-9a-fA-F]*)$/.test(labels.at(-1) ?? '') ? null : { name: host };
}
