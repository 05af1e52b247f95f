import type { Role } from '#lib/model/principal.ts';

/** What a suite that walks all verbs has to know of one: the least role that may, and an input its schema accepts. */
export type VerbSample = { least: Role; input: Record<string, unknown> };

/** The cluster that samples name. */
export const sampleCluster = 'sample';

const clusterId = sampleCluster;
const topic = 'sample.orders.v1';
const digest = 'not-what-was-seen';

/** Stands at every place that a verb declares as secret, so that a test can look for it afterwards. */
export const canary = 'CANARY-5f0c1e';
const privateKey = `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----`;

/** Nothing listens there, and the egress guard lets nobody through to it. */
const connection = {
  bootstrap: [{ host: '127.0.0.1', port: 1 }],
  tls: { enabled: false },
  sasl: { mechanism: 'PLAIN', username: 'millrace' },
};
const secrets = {
  password: canary,
  clientSecret: canary,
  privateKey,
  registryPassword: canary,
  registryToken: canary,
  metricsPassword: canary,
  metricsToken: canary,
  connectPassword: canary,
  connectToken: canary,
};
const cluster = { id: 'new-one', name: 'New one', environment: 'development', connection, secrets };
const newTopic = { clusterId, topic: 'sample.new.v1', partitions: 3, replicationFactor: 3, configs: {} };
const topicChanges = {
  clusterId,
  topics: [topic],
  changes: [{ op: 'set', name: 'retention.ms', value: '1000' }],
};
const brokerChanges = {
  clusterId,
  brokerId: 1,
  changes: [{ op: 'set', name: 'ssl.keystore.password', value: canary }],
};
const mask = {
  name: 'Card data',
  topicPattern: 'payments.*',
  rules: [{ side: 'value', select: 'path', at: 'card.number', action: 'hide' }],
};
const rule = { name: 'Group is late', series: 'group.lag-time', condition: { is: 'above', value: 300_000 } };
const rulesFile = 'rules:\n  - name: A\n    series: group.lag\n    condition: { is: above, value: 1 }\n';
const channel = {
  name: 'On call',
  config: { kind: 'webhook', headerName: 'Authorization' },
  secrets: {
    url: `https://hooks.example.invalid/${canary}`,
    signingKey: `${canary} ${canary}`,
    headerValue: canary,
  },
};
const silence = { match: { rules: 'Broker down' }, reason: 'Upgrade', minutes: 30 };
const tile = {
  title: 'Records in',
  series: [{ clusterId, kind: 'cluster.records-in', name: '' }],
};
const board = { name: 'Shop', tiles: [{ ...tile, id: 'one' }] };
const list = { clusterId, q: 'orders', sort: 'name', page: 1, pageSize: 50 };

/**
 * By verb name. The right of each role is written down here once more, apart from the product's own table: a right that
 * is loosened by accident must be loosened in two places.
 */
export const commandSamples: Readonly<Record<string, VerbSample>> = {
  'account.change-password': { least: 'viewer', input: { current: canary, next: `next ${canary} one` } },
  'board.create': { least: 'operator', input: board },
  'board.update': { least: 'operator', input: { ...board, boardId: 'no-such-board', version: 1 } },
  'board.delete': { least: 'operator', input: { boardId: 'no-such-board' } },
  'board.pin-tile': { least: 'operator', input: { boardId: 'no-such-board', tile } },
  'board.share': { least: 'operator', input: { boardId: 'no-such-board', label: 'Wall', days: 30 } },
  'board.revoke-link': { least: 'operator', input: { boardId: 'no-such-board', linkId: 'no-such-link' } },
  'broker.configure': { least: 'operator', input: { ...brokerChanges, digest } },
  'broker.configure.plan': { least: 'operator', input: brokerChanges },
  'channel.create': { least: 'admin', input: channel },
  'channel.delete': { least: 'admin', input: { id: 'no-such-channel', version: 1 } },
  'channel.test': { least: 'admin', input: { config: channel.config, secrets: channel.secrets } },
  'channel.update': { least: 'admin', input: { ...channel, id: 'no-such-channel', version: 1 } },
  'incident.acknowledge': { least: 'operator', input: { id: 'no-such-incident', note: 'On it' } },
  'incident.note': { least: 'operator', input: { id: 'no-such-incident', note: 'A disk was full' } },
  'notice.retry': { least: 'operator', input: { id: 'no-such-notice' } },
  'route.create': { least: 'operator', input: { name: 'Night' } },
  'route.delete': { least: 'operator', input: { id: 'no-such-route', version: 1 } },
  'route.update': { least: 'operator', input: { name: 'Night', id: 'no-such-route', version: 1 } },
  'silence.create': { least: 'operator', input: silence },
  'silence.end': { least: 'operator', input: { id: 'no-such-silence' } },
  'cluster.create': { least: 'admin', input: cluster },
  'cluster.delete': { least: 'admin', input: { id: clusterId, confirm: 'Another name' } },
  'cluster.test': { least: 'admin', input: { connection, secrets } },
  'cluster.update': { least: 'admin', input: { ...cluster, id: clusterId, version: 99 } },
  'group.reset-offsets': {
    least: 'operator',
    input: {
      ...{ clusterId, groupId: 'billing', words: 'to the start', digest, typed: 'billing' },
      positions: [{ topic, partitions: [0, 1], offsets: ['1', null] }],
    },
  },
  'group.reset-offsets.plan': {
    least: 'operator',
    input: { clusterId, groupId: 'billing', topics: null, target: { kind: 'shift', by: '+1' } },
  },
  'group.undo-reset': {
    least: 'operator',
    input: { clusterId, groupId: 'billing', resetId: 'no-such-reset' },
  },
  'group.delete': { least: 'operator', input: { clusterId, groupId: 'billing', digest, typed: 'billing' } },
  'group.delete.plan': { least: 'operator', input: { clusterId, groupId: 'billing' } },
  'group.delete-offsets': {
    least: 'operator',
    input: { clusterId, groupId: 'billing', topics: [topic], digest, typed: 'billing' },
  },
  'group.delete-offsets.plan': {
    least: 'operator',
    input: { clusterId, groupId: 'billing', topics: [topic] },
  },
  'invite.revoke': { least: 'admin', input: { id: 'no-such-invite' } },
  'metric.configure-history': {
    least: 'admin',
    input: { scrapeHours: 6, minuteDays: 7, quarterDays: 90, maxGigabytes: 8, version: 99 },
  },
  'mask.create': { least: 'admin', input: mask },
  'mask.delete': { least: 'admin', input: { id: 'no-such-mask', version: 1 } },
  'mask.update': { least: 'admin', input: { ...mask, id: 'no-such-mask', version: 1 } },
  'mask.update.plan': { least: 'admin', input: { rules: mask.rules, sample: '{}' } },
  'message.produce': {
    least: 'operator',
    input: {
      clusterId,
      topic,
      key: canary,
      keyEncoding: 'text',
      value: canary,
      headers: [{ name: canary, value: canary }],
    },
  },
  'message.produce.plan': {
    least: 'operator',
    input: { clusterId, topic, value: 'a', valueEncoding: 'text' },
  },
  'message.produce-many': {
    least: 'operator',
    input: {
      clusterId,
      topic,
      records: [{ line: 1, key: canary, value: `"${canary}"`, headers: [{ name: canary, value: canary }] }],
      batch: { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', part: 1, of: 1 },
      digest,
    },
  },
  'message.produce-many.plan': {
    least: 'operator',
    input: {
      clusterId,
      topic,
      records: [{ line: 1, value: '1' }],
      batch: { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', part: 1, of: 1 },
    },
  },
  'partition.elect-leader': { least: 'operator', input: { clusterId, topic, digest } },
  'partition.elect-leader.plan': { least: 'operator', input: { clusterId, topic } },
  'rule.adopt': { least: 'operator', input: {} },
  'rule.create': { least: 'operator', input: rule },
  'rule.delete': { least: 'operator', input: { id: 'no-such-rule', version: 1 } },
  'rule.import': { least: 'operator', input: { text: rulesFile, digest } },
  'rule.import.plan': { least: 'operator', input: { text: rulesFile } },
  'rule.switch': { least: 'operator', input: { id: 'no-such-rule', version: 1, isEnabled: false } },
  'rule.update': { least: 'operator', input: { ...rule, id: 'no-such-rule', version: 1 } },
  'rule.update.plan': { least: 'operator', input: { rule } },
  'search.delete': { least: 'developer', input: { clusterId, topic, id: 'no-such-search' } },
  'search.save': {
    least: 'developer',
    input: { clusterId, topic, name: 'Failed', search: { where: 'value.status == "FAILED"' } },
  },
  'search.pin-columns': { least: 'developer', input: { clusterId, topic, columns: 'value.status' } },
  'serde.override': { least: 'operator', input: { clusterId, topic, keySerde: 'int64', valueSerde: null } },
  'session.revoke': { least: 'viewer', input: { id: 'no-such-session' } },
  'template.delete': { least: 'operator', input: { clusterId, topic, id: 'no-such-template' } },
  'template.save': {
    least: 'operator',
    input: {
      clusterId,
      topic,
      name: 'An order',
      draft: { key: canary, keyEncoding: 'text', value: canary, headers: [{ name: canary, value: canary }] },
    },
  },
  'token.create': { least: 'viewer', input: { name: 'Prometheus', role: 'viewer', days: 30 } },
  'token.revoke': { least: 'viewer', input: { id: 'no-such-token' } },
  'topic.add-partitions': { least: 'operator', input: { clusterId, topic, total: 12, digest } },
  'topic.add-partitions.plan': { least: 'operator', input: { clusterId, topic, total: 12 } },
  'topic.configure': { least: 'operator', input: { ...topicChanges, digest } },
  'topic.configure.plan': { least: 'operator', input: topicChanges },
  'topic.create': { least: 'operator', input: newTopic },
  'topic.create.plan': { least: 'operator', input: newTopic },
  'topic.delete': { least: 'operator', input: { clusterId, topics: [topic], digest, typed: topic } },
  'topic.delete.plan': { least: 'operator', input: { clusterId, topics: [topic] } },
  'topic.delete-records': {
    least: 'operator',
    input: { clusterId, topic, before: [{ partition: 0, offset: '1' }], digest, typed: topic },
  },
  'topic.delete-records.plan': { least: 'operator', input: { clusterId, topic, upTo: { kind: 'all' } } },
  'user.invite': { least: 'admin', input: { email: 'new@example.com', role: 'viewer' } },
  'user.update': { least: 'admin', input: { id: 'no-such-user', role: 'viewer' } },
};

export const querySamples: Readonly<Record<string, VerbSample>> = {
  'application.api': { least: 'viewer', input: {} },
  'audit.list': { least: 'operator', input: { q: 'orders' } },
  'board.list': { least: 'viewer', input: {} },
  'board.read': { least: 'viewer', input: { boardId: 'no-such-board' } },
  'board.view': { least: 'viewer', input: { boardId: 'no-such-board' } },
  'board.links': { least: 'operator', input: { boardId: 'no-such-board' } },
  'broker.configs': { least: 'viewer', input: { clusterId, brokerId: 1 } },
  'broker.list': { least: 'viewer', input: list },
  'broker.read': { least: 'viewer', input: { clusterId, brokerId: 1 } },
  'channel.list': { least: 'operator', input: {} },
  'incident.count': { least: 'viewer', input: {} },
  'incident.list': { least: 'viewer', input: { state: 'open', q: 'broker' } },
  'incident.read': { least: 'viewer', input: { incidentId: 'no-such-incident' } },
  'notice.list': { least: 'operator', input: { state: 'failed' } },
  'route.list': { least: 'operator', input: {} },
  'silence.list': { least: 'viewer', input: {} },
  'cluster.list': { least: 'viewer', input: {} },
  'cluster.overview': { least: 'viewer', input: { clusterId } },
  'cluster.read': { least: 'admin', input: { clusterId } },
  'connector.list': { least: 'viewer', input: { clusterId } },
  'fleet.search': { least: 'viewer', input: { q: 'orders', clusterId } },
  'group.list': { least: 'viewer', input: list },
  'group.positions': { least: 'viewer', input: { clusterId, topic, partition: 0 } },
  'group.resets': { least: 'viewer', input: { clusterId, groupId: 'billing' } },
  'group.read': { least: 'viewer', input: { clusterId, groupId: 'billing' } },
  'mask.list': { least: 'operator', input: {} },
  'message.example': { least: 'operator', input: { clusterId, topic, subject: 'sample-value' } },
  'message.subjects': { least: 'operator', input: { clusterId, topic } },
  'message.check-filter': { least: 'developer', input: { clusterId, topic, where: 'value.a == 1' } },
  'message.fields': { least: 'developer', input: { clusterId, topic } },
  'message.list': { least: 'developer', input: { clusterId, topic, order: 'newest' } },
  'message.read-export': {
    least: 'developer',
    input: { clusterId, topic, id: '3d6f0c0e-7a34-4f0e-9d4c-2b1f8a5c9e10' },
  },
  'message.read': { least: 'developer', input: { clusterId, topic, partition: 0, offset: '1' } },
  'cluster.list-events': { least: 'viewer', input: { clusterId, range: '1h', subject: 'topic:orders' } },
  'metric.read-history': { least: 'admin', input: {} },
  'metric.list-kinds': { least: 'viewer', input: { clusterId } },
  'metric.list-names': { least: 'viewer', input: { clusterId, kind: 'topic.size', q: 'orders' } },
  'metric.list-top': { least: 'viewer', input: { clusterId, kind: 'topic.size', by: 'growth', range: '1h' } },
  'metric.read': { least: 'viewer', input: { clusterId, series: ['cluster.records-in'], range: '1h' } },
  'rule.export': { least: 'viewer', input: {} },
  'rule.list': { least: 'viewer', input: {} },
  'rule.read': { least: 'viewer', input: { ruleId: 'no-such-rule' } },
  'search.list': { least: 'developer', input: { clusterId, topic } },
  'serde.read': { least: 'developer', input: { clusterId, topic } },
  'session.list': { least: 'viewer', input: {} },
  'template.list': { least: 'operator', input: { clusterId, topic } },
  'token.list': { least: 'viewer', input: {} },
  'topic.configs': { least: 'viewer', input: { clusterId, topic } },
  'topic.list': { least: 'viewer', input: list },
  'topic.read': { least: 'viewer', input: { clusterId, topic } },
  'user.list': { least: 'admin', input: { q: 'ada' } },
};
