import { z } from 'zod';

/** What the connections to servers beside Kafka have in common: an address, how one signs in there, whom to trust. */

export const pem = (label: string) =>
  z
    .string()
    .trim()
    .max(200_000, 'This is too long for a PEM text.')
    .regex(
      new RegExp(`^[\\s\\S]*-----BEGIN ${label}-----[\\s\\S]+-----END ${label}-----[\\s\\S]*$`),
      'Paste the PEM text, with its BEGIN and END lines.',
    );

export const userName = z.string().min(1, 'A user name is missing.').max(256);

/** The password and the token are secrets and not here. */
export const HttpAuth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('basic'), username: userName }),
  z.strictObject({ kind: z.literal('bearer') }),
]);
export type HttpAuth = z.infer<typeof HttpAuth>;

/** What stands beside the address, in each of them. */
export const httpTrust = {
  /** Plain http is refused unless an admin says that it is wanted. */
  allowHttp: z.boolean().default(false),
  /** Authorities to trust instead of the public ones. */
  ca: pem('CERTIFICATE').optional(),
  auth: HttpAuth,
};

export const httpAddress = (noun: string) =>
  z.url({ protocol: /^https?$/, error: `Write the http(s) address of the ${noun}.` }).max(2000);

/** What is wrong with the address of such a server; null when nothing is. */
export function wrongAddress(url: string, allowHttp: boolean, noun: string): string | null {
  const parsed = URL.parse(url);
  if (!parsed) return null;
  const { protocol, username, password, search, hash } = parsed;
  if (username || password) return 'Leave the user out of the address; it has fields of its own.';
  if (search || hash) return 'Write the address without what follows ? or #.';
  if (protocol === 'http:' && !allowHttp) return `Write https, or allow plain http for this ${noun}.`;
  return null;
}
