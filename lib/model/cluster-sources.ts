import { z } from 'zod';
import { httpAddress, httpTrust, wrongAddress } from './http-service.ts';

/** Where numbers of a cluster come from that Kafka's own protocol does not tell. All of them may be missing. */

const brokerId = z.number().int().min(0).max(2_147_483_647);

/** `{host}` stands for the host that a broker advertises, `{id}` for its id. */
const places = /\{(host|id)\}/g;

/** The address of one broker's endpoint by the template. IPv6 addresses get their brackets. */
export const endpointOf = (template: string, broker: { id: number; host: string }): string =>
  template.replaceAll(places, (_all, place: string) => {
    if (place === 'id') return String(broker.id);
    return broker.host.includes(':') && !broker.host.startsWith('[') ? `[${broker.host}]` : broker.host;
  });

/** Whether a template leads where the brokers say they are. */
export const followsBrokers = (template: string): boolean => template.includes('{host}');

const EndpointTemplate = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => URL.canParse(endpointOf(text, { id: 1, host: 'broker' })), {
    error: 'Write an address with {host} or {id}, such as http://{host}:7071/metrics.',
  })
  .refine((text) => /^https?:\/\//i.test(text), { error: 'Write an http(s) address.' });

const BrokerEndpoint = z.strictObject({ broker: brokerId, url: httpAddress('endpoint') });

const EndpointMetrics = z
  .strictObject({
    kind: z.literal('endpoints'),
    /** Of every broker that has no address of its own below. */
    template: EndpointTemplate.optional(),
    brokers: z.array(BrokerEndpoint).max(1000).default([]),
    ...httpTrust,
  })
  .superRefine(({ template, brokers, allowHttp }, context) => {
    const wrong = (path: (string | number)[], message: string | null) => {
      if (message) context.addIssue({ code: 'custom', path, message });
    };
    if (template === undefined && brokers.length === 0)
      wrong(['template'], 'Write an address for all brokers, or one for each.');
    if (template !== undefined)
      wrong(['template'], wrongAddress(endpointOf(template, { id: 1, host: 'broker' }), allowHttp, 'source'));
    const seen = new Set<number>();
    brokers.forEach(({ broker, url }, i) => {
      wrong(['brokers', i, 'url'], wrongAddress(url, allowHttp, 'source'));
      if (seen.has(broker)) wrong(['brokers', i, 'broker'], `Broker ${broker} stands here twice.`);
      seen.add(broker);
    });
  });

/** A label selector without its braces: `job="kafka", env=~"prod.*"`. */
const selectorText =
  /^\s*[a-zA-Z_]\w*\s*(=|!=|=~|!~)\s*"(?:[^"\\\n]|\\.)*"\s*(,\s*[a-zA-Z_]\w*\s*(=|!=|=~|!~)\s*"(?:[^"\\\n]|\\.)*"\s*)*$/;

const ServerMetrics = z
  .strictObject({
    kind: z.literal('server'),
    /** Base of its HTTP API, the address under which `/api/v1/query` stands. */
    url: httpAddress('server'),
    /** Which series are those of this cluster. */
    selector: z
      .string()
      .trim()
      .max(1000)
      .regex(selectorText, 'Write label matchers, such as job="kafka", cluster="prod".'),
    /** The label that says which broker a series is of: its id, its host, or a pod's name that ends with its id. */
    brokerLabel: z
      .string()
      .trim()
      .max(200)
      .regex(/^[a-zA-Z_]\w*$/, 'Write the name of a label.')
      .default('instance'),
    /** Values of that label whose broker cannot be told by itself. */
    brokers: z
      .array(z.strictObject({ broker: brokerId, value: z.string().min(1).max(500) }))
      .max(1000)
      .default([]),
    ...httpTrust,
  })
  .superRefine(({ url, allowHttp }, context) => {
    const message = wrongAddress(url, allowHttp, 'source');
    if (message) context.addIssue({ code: 'custom', path: ['url'], message });
  });

/** What tells the numbers of the brokers' inside: a text endpoint on each, or a server that asks them. */
export const ClusterMetrics = z.discriminatedUnion('kind', [EndpointMetrics, ServerMetrics]);
export type ClusterMetrics = z.infer<typeof ClusterMetrics>;
export type EndpointMetrics = z.infer<typeof EndpointMetrics>;
export type ServerMetrics = z.infer<typeof ServerMetrics>;

/**
 * Records that Millrace writes and reads back to measure the way through each broker. It is off where it is missing: it makes a
 * topic and writes to a cluster that may be somebody else's.
 */
export const ClusterCanary = z.strictObject({
  /** A topic of its own, with a partition led by each broker. Millrace creates it. */
  topic: z
    .string()
    .trim()
    .min(1, 'A topic is missing.')
    .max(249, 'A topic name has at most 249 characters.')
    .regex(/^[A-Za-z0-9._-]+$/, 'A topic name has letters, digits, dots, underscores and hyphens.')
    .refine((name) => name !== '.' && name !== '..', { error: 'Kafka refuses this name.' })
    .refine((name) => !name.startsWith('__'), { error: 'Such names belong to Kafka itself.' })
    .default('millrace-canary'),
  /** How often each broker is measured. */
  everyMs: z
    .number()
    .int()
    .min(500, 'At least half a second.')
    .max(60_000, 'At most a minute.')
    .default(2_000),
});
export type ClusterCanary = z.infer<typeof ClusterCanary>;

/** The Connect cluster beside this one: its workers, any of which answers for all. */
export const ClusterConnect = z
  .strictObject({
    urls: z.array(httpAddress('worker')).min(1, 'At least one worker is needed.').max(20),
    ...httpTrust,
  })
  .superRefine(({ urls, allowHttp }, context) => {
    urls.forEach((url, i) => {
      const message = wrongAddress(url, allowHttp, 'worker');
      if (message) context.addIssue({ code: 'custom', path: ['urls', i], message });
    });
  });
export type ClusterConnect = z.infer<typeof ClusterConnect>;
