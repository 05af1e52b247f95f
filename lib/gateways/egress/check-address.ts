import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { formatIp, type IpAddress, parseIp } from '#lib/model/ip-address.ts';
import { registry } from '#lib/process.ts';
import {
  type AllowedRange,
  type EgressProfile,
  parseAllowList,
  readHost,
  reasonToDeny,
} from './address-rules.ts';

/** Where to connect: the checked address, and the name that TLS must still verify. */
export type PinnedAddress = {
  /** As it was asked for: server name for TLS and for messages. */
  host: string;
  port: number;
  /** What to open the socket to. Resolving the name again would undo the check (DNS rebinding). */
  address: string;
  family: 4 | 6;
};

export type EgressOptions = {
  /** `infrastructure` unless given. */
  profile?: EgressProfile;
  /** Ranges allowed in spite of the rules; those of the profile's list unless given. */
  allow?: readonly AllowedRange[];
  resolve?: (name: string) => Promise<readonly LookupAddress[]>;
  signal?: AbortSignal;
};

/** At most this many milliseconds for a name. */
const resolveMs = 5_000;

/** The list of a profile: to let a cluster stand somewhere must not open that place to alerts. */
const allowLists = { infrastructure: 'MILLRACE_EGRESS_ALLOW', webhook: 'MILLRACE_NOTIFY_ALLOW' } as const;

/** The ranges that an admin allowed for a profile, read once. */
export const configuredAllowList = (profile: EgressProfile = 'infrastructure'): readonly AllowedRange[] =>
  registry(`egress-allow ${profile}`, () => {
    const name = allowLists[profile];
    return parseAllowList(env()[name], name);
  });

const systemResolve = (name: string): Promise<readonly LookupAddress[]> =>
  lookup(name, { all: true, order: 'verbatim' });

/**
 * Resolves a host once, judges every address it has, and returns the one to connect to (R20). All outgoing
 * connections pass here, also those to brokers that a cluster's metadata advertises, before anything is sent.
 * @throws AppError `egress.refused` when one of its addresses is not allowed or the host is malformed,
 *   `egress.unresolved` when the name has no address.
 */
export async function checkAddress(
  host: string,
  port: number,
  options: EgressOptions = {},
): Promise<PinnedAddress> {
  const profile = options.profile ?? 'infrastructure';
  const refuse = (reason: string): never => {
    throw new AppError('egress.refused', { host: host.slice(0, 253), reason, list: allowLists[profile] });
  };
  if (!Number.isInteger(port) || port < 1 || port > 65_535) refuse('its port is not between 1 and 65535');
  const read = readHost(host);
  if (!read) return refuse('it is neither a name nor an address in its usual form');
  const addresses = 'ip' in read ? [read.ip] : await resolveName(read.name, options);
  const allow = options.allow ?? configuredAllowList(profile);
  for (const ip of addresses) {
    const reason = reasonToDeny(ip, port, allow, profile);
    if (reason) refuse(`${formatIp(ip)} is ${reason}`);
  }
  const first = addresses[0]!;
  return { host, port, address: formatIp(first), family: first.version };
}

async function resolveName(name: string, options: EgressOptions): Promise<IpAddress[]> {
  const unresolved = (reason: string, cause?: unknown) =>
    new AppError('egress.unresolved', { host: name, reason }, { cause });
  const deadline = AbortSignal.any([
    AbortSignal.timeout(resolveMs),
    ...(options.signal ? [options.signal] : []),
  ]);
  const found = await Promise.race([
    (options.resolve ?? systemResolve)(name).catch((cause: unknown) => {
      throw unresolved('the name is not known', cause);
    }),
    new Promise<never>((_, reject) => {
      deadline.addEventListener('abort', () => reject(unresolved('the name server did not answer')), {
        once: true,
      });
    }),
  ]);
  // IPv4 first: it is what most clusters listen on, and a dead IPv6 route costs a whole connect timeout.
  const addresses = [...found].sort((a, b) => a.family - b.family).map((entry) => parseIp(entry.address));
  if (addresses.length === 0) throw unresolved('the name has no address');
  return addresses.map((ip) => {
    if (!ip) throw unresolved('the name server gave an address that cannot be read');
    return ip;
  });
}
