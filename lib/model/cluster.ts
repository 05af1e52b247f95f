import { z } from 'zod';
import { ClusterCanary, ClusterConnect, ClusterMetrics } from './cluster-sources.ts';
import { httpAddress, httpTrust, pem, userName, wrongAddress } from './http-service.ts';

/**
 * How a cluster is reached: a closed schema. Free-form client properties are never accepted, because every
 * client that took them has had a way to run code or read files through them (R23).
 */

const hostName = z
  .string()
  .trim()
  .min(1, 'A host is missing.')
  .max(253, 'A host name has at most 253 characters.')
  .regex(
    /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?)$/,
    'Write a host name or an IP address.',
  );

const port = z.number().int().min(1, 'A port is at least 1.').max(65_535, 'A port is at most 65535.');

export const HostPort = z.strictObject({ host: hostName, port });
export type HostPort = z.infer<typeof HostPort>;

/** TLS towards the brokers: at least 1.2, always verified. The private key is a secret and not here. */
export const ClusterTls = z.strictObject({
  enabled: z.boolean(),
  /** Authorities to trust instead of the public ones. */
  ca: pem('CERTIFICATE').optional(),
  /** Client certificate (mTLS). */
  certificate: pem('CERTIFICATE').optional(),
  /** The name the brokers' certificates carry, when it is not the host they are reached by. */
  serverName: hostName.optional(),
});
export type ClusterTls = z.infer<typeof ClusterTls>;

export const ClusterSasl = z.discriminatedUnion('mechanism', [
  z.strictObject({ mechanism: z.literal('none') }),
  z.strictObject({ mechanism: z.literal('PLAIN'), username: userName }),
  z.strictObject({ mechanism: z.literal('SCRAM-SHA-256'), username: userName }),
  z.strictObject({ mechanism: z.literal('SCRAM-SHA-512'), username: userName }),
  z.strictObject({
    mechanism: z.literal('OAUTHBEARER'),
    /** Token endpoint of the identity provider (client credentials grant). */
    tokenUrl: z
      .url({ protocol: /^https?$/, error: 'Write the http(s) address of the token endpoint.' })
      .max(2000),
    clientId: z.string().min(1, 'A client id is missing.').max(500),
    scope: z.string().max(1000).optional(),
  }),
]);
export type ClusterSasl = z.infer<typeof ClusterSasl>;
export type SaslMechanism = ClusterSasl['mechanism'];

/** The schema registry of a cluster: one that speaks Confluent's API. */
export const ClusterRegistry = z
  .strictObject({
    /** Base of the API, with the path under which `/subjects` stands. */
    url: httpAddress('registry'),
    ...httpTrust,
  })
  .superRefine(({ url, allowHttp }, context) => {
    const message = wrongAddress(url, allowHttp, 'registry');
    if (message) context.addIssue({ code: 'custom', path: ['url'], message });
  });
export type ClusterRegistry = z.infer<typeof ClusterRegistry>;

export const ClusterConnection = z.strictObject({
  bootstrap: z.array(HostPort).min(1, 'At least one broker is needed.').max(30),
  tls: ClusterTls,
  sasl: ClusterSasl,
  registry: ClusterRegistry.optional(),
  metrics: ClusterMetrics.optional(),
  canary: ClusterCanary.optional(),
  connect: ClusterConnect.optional(),
});
export type ClusterConnection = z.infer<typeof ClusterConnection>;

const password = z.string().min(1).max(1000);
const token = z.string().regex(/^[\x21-\x7e]{1,8000}$/, 'A token has no spaces and no line ends.');

/** What is sealed, write-only, and given to the gateway apart from the rest (R17, R18). */
export const ClusterSecrets = z.strictObject({
  password: password.optional(),
  clientSecret: z.string().min(1).max(4000).optional(),
  /** Private key of the client certificate, unencrypted PEM. */
  privateKey: pem('(?:RSA |EC )?PRIVATE KEY').optional(),
  /** Of the registry's user, and the token of the registry's bearer authentication. */
  registryPassword: password.optional(),
  registryToken: token.optional(),
  /** The same of the metrics endpoints, or of the metrics server. */
  metricsPassword: password.optional(),
  metricsToken: token.optional(),
  /** The same of the Connect workers. */
  connectPassword: password.optional(),
  connectToken: token.optional(),
});
export type ClusterSecrets = z.infer<typeof ClusterSecrets>;

export const environments = ['production', 'staging', 'development'] as const;
export const Environment = z.enum(environments);
export type Environment = z.infer<typeof Environment>;
