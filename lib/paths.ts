/** Addresses of pages and of the API, made in one place so that a link cannot be misspelt. */
const part = encodeURIComponent;

type Search = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** `path` with the given search parameters; empty ones are left out. */
export function withSearch(path: string, search: Search): string {
  const entries = Object.entries(search).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  if (entries.length === 0) return path;
  return `${path}?${new URLSearchParams(entries.map(([key, value]) => [key, String(value)]))}`;
}

const cluster = (id: string) => `/clusters/${part(id)}`;

export const paths = {
  fleet: () => '/',
  signIn: () => '/sign-in',
  audit: (search: Search = {}) => withSearch('/audit', search),
  settings: () => '/settings',
  settingsClusters: () => '/settings/clusters',
  newCluster: () => '/settings/clusters/new',
  settingsCluster: (id: string) => `/settings/clusters/${part(id)}`,
  users: () => '/settings/users',
  tokens: () => '/settings/tokens',
  sessions: () => '/settings/sessions',
  masks: () => '/settings/masks',
  newMask: () => '/settings/masks/new',
  mask: (id: string) => `/settings/masks/${part(id)}`,
  apiReference: () => '/settings/api',
  overview: (id: string) => cluster(id),
  brokers: (id: string, search: Search = {}) => withSearch(`${cluster(id)}/brokers`, search),
  broker: (id: string, broker: number) => `${cluster(id)}/brokers/${broker}`,
  topics: (id: string, search: Search = {}) => withSearch(`${cluster(id)}/topics`, search),
  newTopic: (id: string) => `${cluster(id)}/topics/new`,
  topic: (id: string, topic: string) => `${cluster(id)}/topics/${part(topic)}`,
  topicPartitions: (id: string, topic: string) => `${cluster(id)}/topics/${part(topic)}/partitions`,
  topicMessages: (id: string, topic: string, search: Search = {}) =>
    withSearch(`${cluster(id)}/topics/${part(topic)}/messages`, search),
  topicConfig: (id: string, topic: string) => `${cluster(id)}/topics/${part(topic)}/config`,
  topicGroups: (id: string, topic: string) => `${cluster(id)}/topics/${part(topic)}/groups`,
  topicMetrics: (id: string, topic: string) => `${cluster(id)}/topics/${part(topic)}/metrics`,
  groups: (id: string, search: Search = {}) => withSearch(`${cluster(id)}/groups`, search),
  group: (id: string, group: string, search: Search = {}) =>
    withSearch(`${cluster(id)}/groups/${part(group)}`, search),
  groupMetrics: (id: string, group: string, search: Search = {}) =>
    withSearch(`${cluster(id)}/groups/${part(group)}/metrics`, search),
  groupMembers: (id: string, group: string) => `${cluster(id)}/groups/${part(group)}/members`,
  metrics: (id: string, search: Search = {}) => withSearch(`${cluster(id)}/metrics`, search),
  exploreMetrics: (id: string, search: Search = {}) => withSearch(`${cluster(id)}/metrics/explore`, search),
  metricsOfBrokers: (id: string, search: Search = {}) => withSearch(`${cluster(id)}/metrics/brokers`, search),
  metricsOfConnectors: (id: string, search: Search = {}) =>
    withSearch(`${cluster(id)}/metrics/connectors`, search),
  brokerMetrics: (id: string, broker: number, search: Search = {}) =>
    withSearch(`${cluster(id)}/brokers/${broker}/metrics`, search),
  partitionMetrics: (id: string, topic: string, partition: number, search: Search = {}) =>
    withSearch(`${cluster(id)}/topics/${part(topic)}/metrics/${partition}`, search),
  connectorMetrics: (id: string, connector: string, search: Search = {}) =>
    withSearch(`${cluster(id)}/metrics/connectors/${part(connector)}`, search),
  boards: () => '/boards',
  board: (id: string, search: Search = {}) => withSearch(`/boards/${part(id)}`, search),
  wall: (token: string) => `/wall/${part(token)}`,
  alerts: (search: Search = {}) => withSearch('/alerts', search),
  alertHistory: (search: Search = {}) => withSearch('/alerts/history', search),
  incident: (id: string) => `/alerts/incidents/${part(id)}`,
  alertRules: (search: Search = {}) => withSearch('/alerts/rules', search),
  newAlertRule: (search: Search = {}) => withSearch('/alerts/rules/new', search),
  alertRule: (id: string) => `/alerts/rules/${part(id)}`,
  alertSilences: () => '/alerts/silences',
  alertDelivery: () => '/alerts/delivery',
  settingsHistory: () => '/settings/history',
} as const;

/** The address of a query under `/api/v1`: parameters in its path are filled, the rest becomes search. */
export function apiPath(template: string, input: Search): string {
  const rest: Record<string, Search[string]> = { ...input };
  const path = template.replace(/\[(\w+)\]/g, (_match, name: string) => {
    const value = rest[name];
    delete rest[name];
    return part(String(value ?? ''));
  });
  return withSearch(`/api/v1${path}`, rest);
}
