import type { ClusterConnection } from '#lib/model/cluster.ts';
import type { HttpAuth } from '#lib/model/http-service.ts';

/** The servers beside Kafka; their fields in the form begin with these words. */
export type Service = 'registry' | 'metrics' | 'connect';

type ServiceValues<S extends Service> = Record<`${S}Http`, boolean> &
  Record<`${S}Ca` | `${S}Auth` | `${S}Username` | `${S}Password` | `${S}Token`, string>;

/** What the form holds of the servers beside Kafka, and of the canary: flat, as text. */
export type SourceValues = ServiceValues<Service> & {
  registryUrl: string;
  metricsKind: string;
  metricsTemplate: string;
  /** A broker's id and its address a line. */
  metricsBrokers: string;
  metricsUrl: string;
  metricsSelector: string;
  metricsLabel: string;
  /** A broker's id and the value of the label a line. */
  metricsMatches: string;
  canary: boolean;
  canaryTopic: string;
  canarySeconds: string;
  connectUrls: string;
};

export const authChoices: { value: HttpAuth['kind']; label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'basic', label: 'User and password' },
  { value: 'bearer', label: 'Bearer token' },
];

export const metricsChoices: { value: string; label: string; help?: string }[] = [
  { value: 'none', label: 'None', help: 'Throughput, sizes and lag are known without it.' },
  {
    value: 'endpoints',
    label: 'Endpoints of the brokers',
    help: 'Of their JMX exporter, in the text format of Prometheus.',
  },
  {
    value: 'server',
    label: 'A Prometheus server',
    help: 'Or what speaks its HTTP API and asks the brokers already.',
  },
];

const defaults = { topic: 'millrace-canary', everyMs: 2_000, label: 'instance' };

type Connection = Pick<ClusterConnection, 'registry' | 'metrics' | 'canary' | 'connect'>;

export function sourceValuesOf(connection: Connection | undefined): SourceValues {
  const { registry, metrics, canary, connect } = connection ?? {};
  const endpoints = metrics?.kind === 'endpoints' ? metrics : undefined;
  const server = metrics?.kind === 'server' ? metrics : undefined;
  const lines = (pairs: readonly (readonly [number, string])[]) =>
    pairs.map((pair) => pair.join(' ')).join('\n');
  return {
    ...accessValuesOf('registry', registry),
    ...accessValuesOf('metrics', metrics),
    ...accessValuesOf('connect', connect),
    registryUrl: registry?.url ?? '',
    metricsKind: metrics?.kind ?? 'none',
    metricsTemplate: endpoints?.template ?? '',
    metricsBrokers: lines(endpoints?.brokers.map(({ broker, url }) => [broker, url] as const) ?? []),
    metricsUrl: server?.url ?? '',
    metricsSelector: server?.selector ?? '',
    metricsLabel: server?.brokerLabel ?? defaults.label,
    metricsMatches: lines(server?.brokers.map(({ broker, value }) => [broker, value] as const) ?? []),
    canary: canary !== undefined,
    canaryTopic: canary?.topic ?? defaults.topic,
    canarySeconds: String((canary?.everyMs ?? defaults.everyMs) / 1_000),
    connectUrls: connect?.urls.join('\n') ?? '',
  };
}

function accessValuesOf<S extends Service>(
  service: S,
  set: { allowHttp: boolean; ca?: string | undefined; auth: HttpAuth } | undefined,
): ServiceValues<S> {
  return {
    [`${service}Http`]: set?.allowHttp ?? false,
    [`${service}Ca`]: set?.ca ?? '',
    [`${service}Auth`]: set?.auth.kind ?? 'none',
    [`${service}Username`]: set?.auth.kind === 'basic' ? set.auth.username : '',
    [`${service}Password`]: '',
    [`${service}Token`]: '',
  } as ServiceValues<S>;
}

/** The parts of a connection that the form has values for; what is empty is left out, which is off. */
export function sourcesOf(values: SourceValues): Connection {
  const urls = values.connectUrls.split(/[\s,]+/).filter(Boolean);
  return {
    ...(values.registryUrl.trim() === ''
      ? {}
      : { registry: { url: values.registryUrl.trim(), ...accessOf('registry', values) } }),
    ...metricsOf(values),
    ...(values.canary
      ? { canary: { topic: values.canaryTopic, everyMs: Math.round(Number(values.canarySeconds) * 1_000) } }
      : {}),
    ...(urls.length === 0 ? {} : { connect: { urls, ...accessOf('connect', values) } }),
  };
}

function metricsOf(values: SourceValues): Pick<Connection, 'metrics'> {
  const access = accessOf('metrics', values);
  if (values.metricsKind === 'endpoints') {
    const template = values.metricsTemplate.trim();
    const brokers = pairsOf(values.metricsBrokers).map(([broker, url]) => ({ broker, url }));
    return { metrics: { kind: 'endpoints', ...(template === '' ? {} : { template }), brokers, ...access } };
  }
  if (values.metricsKind !== 'server') return {};
  return {
    metrics: {
      kind: 'server',
      url: values.metricsUrl.trim(),
      selector: values.metricsSelector,
      brokerLabel: values.metricsLabel,
      brokers: pairsOf(values.metricsMatches).map(([broker, value]) => ({ broker, value })),
      ...access,
    },
  };
}

/** Lines of an id and what belongs to it. What is no such line goes to the server as it is, to be named. */
const pairsOf = (text: string): [number, string][] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const match = /^(\d{1,10})\s*[\s=]\s*(\S.*)$/.exec(line);
      return match ? [Number(match[1]), match[2]!] : [-1, line];
    });

function accessOf(service: Service, values: SourceValues) {
  const kind = values[`${service}Auth`] as HttpAuth['kind'];
  const ca = values[`${service}Ca`];
  const auth: HttpAuth = kind === 'basic' ? { kind, username: values[`${service}Username`] } : { kind };
  return { allowHttp: values[`${service}Http`], ...(ca.trim() === '' ? {} : { ca }), auth };
}

/** Names of the fields by their path in the input, where the end of the path does not say it. */
const fields: readonly (readonly [RegExp, keyof SourceValues])[] = [
  [/^metrics\.template$/, 'metricsTemplate'],
  [/^metrics\.brokers\.\d+\.value$/, 'metricsMatches'],
  [/^metrics\.brokers\b/, 'metricsBrokers'],
  [/^metrics\.url$/, 'metricsUrl'],
  [/^metrics\.selector$/, 'metricsSelector'],
  [/^metrics\.brokerLabel$/, 'metricsLabel'],
  [/^registry\.url$/, 'registryUrl'],
  [/^connect\.urls\b/, 'connectUrls'],
  [/^canary\.topic$/, 'canaryTopic'],
  [/^canary\.everyMs$/, 'canarySeconds'],
];
const endings: Readonly<Record<string, string>> = {
  allowHttp: 'Http',
  ca: 'Ca',
  'auth.kind': 'Auth',
  'auth.username': 'Username',
};

/** The field of the form that a path below `connection` is about; undefined when it is about none of these. */
export function sourceField(path: string): string | undefined {
  const known = fields.find(([pattern]) => pattern.test(path))?.[1];
  if (known) return known;
  const [, service, rest] = /^(registry|metrics|connect)\.(.+)$/.exec(path) ?? [];
  const ending = endings[rest ?? ''];
  return service && ending ? `${service}${ending}` : undefined;
}
