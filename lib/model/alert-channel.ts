import { z } from 'zod';
import { httpAddress, pem, userName, wrongAddress } from './http-service.ts';
import { RowId } from './ids.ts';

/** Where alerts are sent. What is secret in it, which is the address itself where a token stands in it, is not here. */
export const channelKinds = ['email', 'slack', 'teams', 'pagerduty', 'opsgenie', 'webhook'] as const;
export const ChannelKind = z.enum(channelKinds);
export type ChannelKind = z.infer<typeof ChannelKind>;

/**
 * Whether the receiver keeps an alert of its own for each incident. One that a message only counts would never begin or never
 * end there, so such a receiver is told in as many messages as hold them all.
 */
export const tellsEach: Readonly<Record<ChannelKind, boolean>> = {
  email: false,
  slack: false,
  teams: false,
  pagerduty: true,
  opsgenie: true,
  webhook: false,
};

/** One line without anything that could begin another line of a mail's head (R21). */
const mailbox = z
  .string()
  .trim()
  .max(254)
  .regex(
    /^[^\s@<>(),;:\\"[\]]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/,
    'Write an address such as ops@example.com.',
  );

const hostName = z
  .string()
  .trim()
  .max(253)
  .regex(
    /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?)$/,
    'Write a host name or an IP address.',
  );

const port = z
  .number('Write a number.')
  .int()
  .min(1, 'A port is at least 1.')
  .max(65_535, 'A port is at most 65535.');

/** The name of a header of our own choice. Those that carry the request itself are not for choosing. */
const headerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,64}$/, 'Use letters, digits and hyphens.')
  .refine(
    (name) =>
      !/^(host|content-.*|transfer-encoding|connection|upgrade|te|trailer|expect|cookie|idempotency-key|x-millrace-.*|proxy-.*)$/i.test(
        name,
      ),
    'This header is set by Millrace itself.',
  );

export const ChannelConfig = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('email'),
    host: hostName,
    port,
    /** `tls`: from the first byte. `starttls`: asked for, and nothing is sent without it. `none`: readable on the way. */
    security: z.enum(['tls', 'starttls', 'none']),
    /** Empty: the server asks for no sign-in. */
    username: z.union([z.literal(''), userName]).default(''),
    ca: pem('CERTIFICATE').optional(),
    from: mailbox,
    to: z.array(mailbox).min(1, 'Somebody must get it.').max(50, 'At most 50 addresses.'),
  }),
  z.strictObject({ kind: z.literal('slack') }),
  z.strictObject({ kind: z.literal('teams') }),
  z.strictObject({
    kind: z.literal('pagerduty'),
    apiUrl: httpAddress('service').default('https://events.pagerduty.com'),
  }),
  z.strictObject({
    kind: z.literal('opsgenie'),
    apiUrl: httpAddress('service').default('https://api.opsgenie.com'),
    /** Teams that are told; empty leaves it to the rules of the service. */
    teams: z.array(z.string().trim().min(1).max(100)).max(20).default([]),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    /** One header more, such as Authorization; its value is a secret. */
    headerName: z.union([z.literal(''), headerName]).default(''),
    ca: pem('CERTIFICATE').optional(),
  }),
]);
export type ChannelConfig = z.infer<typeof ChannelConfig>;
export type ConfigOf<K extends ChannelKind> = Extract<ChannelConfig, { kind: K }>;

/** Printable ASCII: no line end, so that none can begin another header (R21). */
const headerSafe = z.string().regex(/^[\x20-\x7e]{1,4000}$/, 'Use printable ASCII without line ends.');

/**
 * What goes in and never comes out (R18). Each kind has its own: `url` of Slack, Teams and a webhook, `password` of e-mail,
 * `key` of PagerDuty (routing key) and Opsgenie (API key), `signingKey` and `headerValue` of a webhook.
 */
export const ChannelSecrets = z.strictObject({
  url: httpAddress('receiver').optional(),
  password: z.string().min(1).max(1000).nullable().optional(),
  key: headerSafe.max(200).optional(),
  /** At least as long as what it makes: HMAC-SHA-256 with a short key can be guessed. */
  signingKey: z.string().min(16, 'Use at least 16 characters.').max(500).nullable().optional(),
  headerValue: headerSafe.nullable().optional(),
});
export type ChannelSecrets = z.infer<typeof ChannelSecrets>;
export const channelSecretFields = ['url', 'password', 'key', 'signingKey', 'headerValue'] as const;
export type ChannelSecretField = (typeof channelSecretFields)[number];

/** The secrets that a kind has, and without which of them it cannot send. */
export const secretsOfKind: Readonly<
  Record<ChannelKind, Partial<Record<ChannelSecretField, 'needed' | 'free'>>>
> = {
  email: { password: 'free' },
  slack: { url: 'needed' },
  teams: { url: 'needed' },
  pagerduty: { key: 'needed' },
  opsgenie: { key: 'needed' },
  webhook: { url: 'needed', signingKey: 'free', headerValue: 'free' },
};

const ChannelShape = z.strictObject({
  name: z.string().trim().min(1, 'A name is missing.').max(80, 'A name has at most 80 characters.'),
  config: ChannelConfig,
  secrets: ChannelSecrets.default({}),
  isEnabled: z.boolean().default(true),
  /** The admin wants plain http to this receiver, such as one in the same network. */
  allowHttp: z.boolean().default(false),
});

type Shape = z.output<typeof ChannelShape>;

/** What does not fit together, under the field it is said at. */
function checkChannel({ config, secrets, allowHttp }: Shape, context: z.RefinementCtx): void {
  const say = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  const has = secretsOfKind[config.kind];
  for (const field of channelSecretFields)
    if (secrets[field] != null && !has[field]) say(['secrets', field], 'This kind of channel has none.');
  const isHttp = (url: string | undefined) => URL.parse(url ?? '')?.protocol === 'http:';
  if (isHttp(secrets.url) && !allowHttp)
    say(['secrets', 'url'], 'Write https, or allow plain http for this channel.');
  const parsed = URL.parse(secrets.url ?? '');
  if (parsed?.username || parsed?.password)
    say(['secrets', 'url'], 'Leave the user out of the address; send a header instead.');
  if ('apiUrl' in config) {
    const message = wrongAddress(config.apiUrl, allowHttp, 'channel');
    if (message) say(['config', 'apiUrl'], message);
  }
  if (config.kind === 'email' && config.security === 'none' && config.username !== '')
    say(['config', 'security'], 'A password is sent over TLS only. Choose TLS, or leave the user empty.');
}

/** A channel as an admin makes it. */
export const NewChannel = ChannelShape.superRefine(checkChannel).superRefine(
  ({ config, secrets }, context) => {
    const { url, key } = secretsOfKind[config.kind];
    const missing = 'It is needed to send.';
    if (url === 'needed' && secrets.url === undefined)
      context.addIssue({ code: 'custom', path: ['secrets', 'url'], message: missing });
    if (key === 'needed' && secrets.key === undefined)
      context.addIssue({ code: 'custom', path: ['secrets', 'key'], message: missing });
    if (config.kind === 'email' && config.username !== '' && secrets.password == null)
      context.addIssue({ code: 'custom', path: ['secrets', 'password'], message: missing });
  },
);
export type NewChannel = z.output<typeof NewChannel>;

/** A channel changed as it was seen at `version`. A secret that is not given stays as it is. */
export const ChangedChannel = ChannelShape.extend({
  id: RowId,
  version: z.number().int().min(1),
}).superRefine(checkChannel);
export type ChangedChannel = z.output<typeof ChangedChannel>;

/** How the newest deliveries over a channel ended. */
export const ChannelHealth = z.object({
  /** ISO 8601; null when nothing was ever sent. */
  lastSentAt: z.string().nullable(),
  lastFailedAt: z.string().nullable(),
  lastError: z.string().nullable(),
  /** Not sent yet, or being tried again. */
  waiting: z.number().int(),
});

/** A channel as it is shown: of its secrets only which there are. */
export const AlertChannel = z.object({
  id: RowId,
  name: z.string(),
  kind: ChannelKind,
  config: ChannelConfig,
  allowHttp: z.boolean(),
  /** Where it leads, without what is secret of the address. */
  place: z.string(),
  isEnabled: z.boolean(),
  version: z.number().int(),
  secretsSet: z.array(z.enum(channelSecretFields)),
  health: ChannelHealth,
});
export type AlertChannel = z.infer<typeof AlertChannel>;

export const channelKindWords: Readonly<Record<ChannelKind, string>> = {
  email: 'E-mail',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  pagerduty: 'PagerDuty',
  opsgenie: 'Opsgenie',
  webhook: 'Webhook',
};
