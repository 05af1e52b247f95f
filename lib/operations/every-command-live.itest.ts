import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mintInvitation } from '#lib/auth/accept-invitation.ts';
import { hashPassword } from '#lib/auth/password-hash.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import { insertAccessToken } from '#lib/gateways/database/access-tokens.ts';
import { insertAccount } from '#lib/gateways/database/accounts.ts';
import { createAlertRule } from '#lib/gateways/database/alert-rules.ts';
import { insertBoardLink } from '#lib/gateways/database/board-links.ts';
import { insertBoard } from '#lib/gateways/database/boards.ts';
import { inTransaction, pool } from '#lib/gateways/database/client.ts';
import { createMaskPolicy } from '#lib/gateways/database/masking-policies.ts';
import { insertMessageTemplate } from '#lib/gateways/database/message-templates.ts';
import { insertSavedSearch } from '#lib/gateways/database/saved-searches.ts';
import { insertSession } from '#lib/gateways/database/sessions.ts';
import { alterConfigs } from '#lib/gateways/kafka/alter-configs.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { deleteGroup } from '#lib/gateways/kafka/delete-group.ts';
import { deleteTopics } from '#lib/gateways/kafka/delete-topics.ts';
import { readReplicaSizes } from '#lib/gateways/kafka/describe-log-dirs.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import { NewAlertRule } from '#lib/model/alert-rule.ts';
import { BoardContent } from '#lib/model/board.ts';
import { NewMaskPolicy } from '#lib/model/mask.ts';
import type { ResetOffsetsPlan } from '#lib/model/offset-reset.ts';
import type { Principal, Role } from '#lib/model/principal.ts';
import { stopSteps } from '#lib/process.ts';
import { queries } from '#lib/services/api/queries.ts';
import { commands } from '#lib/services/commands.ts';
import { resetOffsets } from '#lib/services/group/reset-offsets.ts';
import { alertPreparations } from '#lib/testing/alert-preparations.ts';
import { auditRowsOf } from '#lib/testing/audit-rows.ts';
import { commitOffsets } from '#lib/testing/commit-offsets.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { hostPorts } from '#lib/testing/kafka-client.ts';
import { contextAs, rolesBelow } from '#lib/testing/principals.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { commandSamples, querySamples } from '#lib/testing/verb-samples.ts';
import { makeAccount } from '#lib/testing/visitor.ts';
import { platformHandle } from '#platform/handle.ts';
import type { AnyCommand } from './define-command.ts';
import type { AnyPlan } from './define-plan.ts';
import { runCommand, runPlan } from './run-command.ts';
import { runQuery } from './run-query.ts';

/**
 * Every command carried out for real on the test platform, by the least role that may, after all lower ones were
 * refused; and then a search for its secrets in everything that is kept or answered.
 */

const clusterId = 'live';
const prefix = `every.${process.pid}`;
const platform = platformHandle();
let database: TestDatabase;
const waiting = { timeout: 20_000 };
const written: string[] = [];
const made = new Set<string>();
const groups = new Set<string>();
const secrets = new Set<string>();
/** What must be found nowhere afterwards. */
const secret = (text = `CANARY-${randomUUID()}`): string => {
  secrets.add(text);
  return text;
};

type Prepared = { input: Record<string, unknown>; known?: Partial<Principal> };
type Prepare = () => Promise<Prepared>;

const newTopic = async (): Promise<string> => {
  const topic = `${prefix}.${randomUUID().slice(0, 8)}`;
  const client = await kafkaOf(clusterId);
  const wanted = [{ topic, partitions: 2, replicationFactor: 3, configs: {} }];
  const [created] = await createTopics(client, wanted);
  if (created?.error) throw created.error;
  made.add(topic);
  // A broker knows the topic when it holds its replica: until then it may answer that there is none.
  await expect
    .poll(async () => {
      const { columns } = await readReplicaSizes(client, await readTopic(client, topic));
      return columns.sizeBytes.filter((size) => !Number.isNaN(size)).length;
    }, waiting)
    .toBe(6);
  return topic;
};

/** The answer of the plan that a command belongs to, with the input of both. */
async function planned(name: string, input: Record<string, unknown>): Promise<{ digest: string }> {
  const plan = commands.find((verb): verb is AnyPlan => verb.name === `${name}.plan`);
  const result = await runPlan(plan!, contextAs('admin'), input);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value as { digest: string };
}

const account = async (role: Role, password?: string): Promise<{ userId: string; email: string }> => {
  const email = `${randomUUID()}@example.com`;
  if (password === undefined) return { userId: await makeAccount(role, email), email };
  const userId = randomUUID();
  const passwordHash = await hashPassword(password);
  await inTransaction((sql) => insertAccount(sql, { userId, name: 'Somebody', email, role, passwordHash }));
  return { userId, email };
};

const connection = {
  bootstrap: hostPorts(platform.saslBootstrap),
  tls: { enabled: false },
  sasl: { mechanism: 'SCRAM-SHA-256', username: 'nobody' },
};
const clusterSecrets = () => ({
  password: secret(),
  clientSecret: secret(),
  privateKey: `-----BEGIN PRIVATE KEY-----\n${secret()}\n-----END PRIVATE KEY-----`,
});
const newCluster = () => {
  const id = `c-${randomUUID().slice(0, 8)}`;
  return { id, name: `Cluster ${id}`, environment: 'staging', connection, secrets: clusterSecrets() };
};
const brokerChanges = () => {
  // A dynamic config that takes any large number, told apart from all others by its digits; it means "never", as unset.
  const value = secret(`88${randomInt(1e11, 9e11)}0000`);
  return { clusterId, brokerId: 1, changes: [{ op: 'set', name: 'log.flush.interval.messages', value }] };
};
const withTopic = async (more: Record<string, unknown> = {}) => ({
  clusterId,
  topic: await newTopic(),
  ...more,
});
const retention = [{ op: 'set', name: 'retention.ms', value: '3600000' }];

async function filledTopic(): Promise<string> {
  const topic = await newTopic();
  const client = await kafkaOf(clusterId);
  await client.produce({ topic, key: null, value: Buffer.from('x'), headers: [], partition: 0 });
  return topic;
}

/** A group without members that stands behind a record. */
async function committedGroup(): Promise<{ clusterId: string; groupId: string }>;
async function committedGroup(
  withTopic: true,
): Promise<{ clusterId: string; groupId: string; topic: string }>;
async function committedGroup(withTopic?: true) {
  const topic = await filledTopic();
  const groupId = `${topic}.group`;
  await commitOffsets(await kafkaOf(clusterId), groupId, topic, [1n]);
  groups.add(groupId);
  return withTopic ? { clusterId, groupId, topic } : { clusterId, groupId };
}

async function plannedReset(
  groupId: string,
): Promise<Pick<ResetOffsetsPlan, 'positions' | 'words' | 'digest'>> {
  const input = { clusterId, groupId, topics: null, target: { kind: 'start' } };
  const { positions, words, digest } = (await planned('group.reset-offsets', input)) as ResetOffsetsPlan;
  return { positions, words, digest };
}

const draft = { key: '', keyEncoding: 'none', value: '{}', valueEncoding: 'json', headers: [] } as const;
const manyRecords = async () =>
  withTopic({
    records: [{ line: 1, key: secret(), value: `"${secret()}"`, headers: [{ name: 'x', value: secret() }] }],
    batch: { id: randomUUID(), part: 1, of: 1 },
  });
const newMask = () => ({
  name: `Cards ${randomUUID().slice(0, 8)}`,
  topicPattern: 'payments.*',
  rules: [{ side: 'value', select: 'path', at: 'card', action: 'hide' }],
});
const newRule = () => ({
  name: `Late ${randomUUID().slice(0, 8)}`,
  series: 'group.lag',
  condition: { is: 'above', value: 10 },
});
const keptRule = async () => createAlertRule(NewAlertRule.parse(newRule()), 'Somebody');
const rulesFile = () => `rules: [${JSON.stringify(newRule())}]`;
const newBoard = () => ({
  name: `Board ${randomUUID().slice(0, 8)}`,
  tiles: [{ id: 'one', title: 'Records', series: [{ clusterId, kind: 'cluster.records-in', name: '' }] }],
});
const keptBoard = async () => insertBoard(randomUUID(), 'Somebody', BoardContent.parse(newBoard()));
const keptMask = async () => createMaskPolicy(randomUUID(), NewMaskPolicy.parse(newMask()));

const prepare: Record<string, Prepare> = {
  ...alertPreparations(secret),
  'account.change-password': async () => {
    const current = secret();
    return { input: { current, next: secret() }, known: await account('viewer', current) };
  },
  'board.create': async () => ({ input: newBoard() }),
  'board.update': async () => {
    const { id, version } = await keptBoard();
    return { input: { ...newBoard(), boardId: id, version } };
  },
  'board.delete': async () => ({ input: { boardId: (await keptBoard()).id } }),
  'board.pin-tile': async () => {
    const { id: _id, ...tile } = newBoard().tiles[0]!;
    return { input: { boardId: (await keptBoard()).id, tile } };
  },
  'board.share': async () => ({ input: { boardId: (await keptBoard()).id, label: 'Wall', days: 30 } }),
  'board.revoke-link': async () => {
    const { id: boardId } = await keptBoard();
    const link = {
      id: randomUUID(),
      boardId,
      tokenHash: randomUUID(),
      label: 'Wall',
      createdBy: 'x',
      days: 1,
    };
    return { input: { boardId, linkId: (await insertBoardLink(link)).id } };
  },
  'broker.configure': async () => {
    const input = brokerChanges();
    return { input: { ...input, digest: (await planned('broker.configure', input)).digest } };
  },
  'broker.configure.plan': async () => ({ input: brokerChanges() }),
  'cluster.create': async () => ({ input: newCluster() }),
  'cluster.delete': async () => {
    const { id, name } = await registerSampleCluster({ id: `gone-${randomUUID().slice(0, 8)}` });
    return { input: { id, confirm: name } };
  },
  'cluster.test': async () => ({ input: { connection, secrets: clusterSecrets() } }),
  'cluster.update': async () => {
    const { id, version } = await registerSampleCluster({ id: `new-${randomUUID().slice(0, 8)}` });
    return { input: { ...newCluster(), id, version } };
  },
  'group.reset-offsets': async () => {
    const { groupId } = await committedGroup();
    return { input: { clusterId, groupId, ...(await plannedReset(groupId)) } };
  },
  'group.reset-offsets.plan': async () => ({
    input: { ...(await committedGroup()), topics: null, target: { kind: 'start' } },
  }),
  'group.undo-reset': async () => {
    const { groupId } = await committedGroup();
    const input = { clusterId, groupId, ...(await plannedReset(groupId)) };
    const done = await runCommand(resetOffsets, contextAs('operator'), input);
    if (!done.ok) throw new Error(JSON.stringify(done.problem));
    return { input: { clusterId, groupId, resetId: done.value.resetId } };
  },
  'group.delete': async () => {
    const group = await committedGroup();
    return { input: { ...group, digest: (await planned('group.delete', group)).digest } };
  },
  'group.delete.plan': async () => ({ input: await committedGroup() }),
  'group.delete-offsets': async () => {
    const { topic, ...group } = await committedGroup(true);
    const input = { ...group, topics: [topic] };
    return { input: { ...input, digest: (await planned('group.delete-offsets', input)).digest } };
  },
  'group.delete-offsets.plan': async () => {
    const { topic, ...group } = await committedGroup(true);
    return { input: { ...group, topics: [topic] } };
  },
  'invite.revoke': async () => {
    const { userId } = await account('admin');
    const invited = { email: `${randomUUID()}@example.com`, role: 'viewer' as const, invitedById: userId };
    return { input: { id: (await mintInvitation(invited)).invite.id } };
  },
  'message.produce': async () => ({
    input: await withTopic({
      ...{ key: secret(), keyEncoding: 'text', value: secret() },
      headers: [{ name: 'x', value: secret() }],
    }),
  }),
  'message.produce.plan': async () => ({
    input: await withTopic({ value: '{"n": 1}', valueEncoding: 'json' }),
  }),
  'message.produce-many': async () => {
    const input = await manyRecords();
    return { input: { ...input, digest: (await planned('message.produce-many', input)).digest } };
  },
  'message.produce-many.plan': async () => ({ input: await manyRecords() }),
  'metric.configure-history': async () => ({
    input: { scrapeHours: 6, minuteDays: 7, quarterDays: 90, maxGigabytes: 8, version: 0 },
  }),
  'mask.create': async () => ({ input: newMask() }),
  'mask.delete': async () => {
    const { id, version } = await keptMask();
    return { input: { id, version } };
  },
  'mask.update': async () => {
    const { id, version } = await keptMask();
    return { input: { ...newMask(), id, version } };
  },
  'mask.update.plan': async () => ({ input: { rules: newMask().rules, sample: '{"card": 1}' } }),
  'rule.adopt': async () => ({ input: {} }),
  'rule.create': async () => ({ input: newRule() }),
  'rule.delete': async () => {
    const { id, version } = await keptRule();
    return { input: { id, version } };
  },
  'rule.import': async () => {
    const input = { text: rulesFile() };
    return { input: { ...input, digest: (await planned('rule.import', input)).digest } };
  },
  'rule.import.plan': async () => ({ input: { text: rulesFile() } }),
  'rule.switch': async () => {
    const { id, version } = await keptRule();
    return { input: { id, version, isEnabled: false } };
  },
  'rule.update': async () => {
    const { id, version } = await keptRule();
    return { input: { ...newRule(), id, version } };
  },
  'rule.update.plan': async () => ({ input: { rule: newRule() } }),
  'search.delete': async () => {
    const place = { clusterId, topic: await newTopic() };
    const owner = await account('developer');
    const kept = { id: randomUUID(), name: 'Mine', isShared: false, search: {} };
    await insertSavedSearch(place, { ownerId: owner.userId, ownerName: 'Somebody' }, kept);
    return { input: { ...place, id: kept.id }, known: owner };
  },
  'search.pin-columns': async () => ({
    input: await withTopic({ columns: 'value.n' }),
    known: await account('developer'),
  }),
  'search.save': async () => ({
    input: await withTopic({ name: 'Failed', search: { where: 'value.n == 1' } }),
    known: await account('developer'),
  }),
  'serde.override': async () => ({ input: await withTopic({ keySerde: 'int64', valueSerde: null }) }),
  // What a template holds is kept on purpose, so there is nothing to look for.
  'template.delete': async () => {
    const place = { clusterId, topic: await newTopic() };
    const owner = { ownerId: (await account('operator')).userId, ownerName: 'Somebody' };
    const { id } = await insertMessageTemplate(place, owner, { id: randomUUID(), name: 'An order', draft });
    return { input: { ...place, id } };
  },
  'template.save': async () => ({
    input: await withTopic({ name: 'An order', draft }),
    known: await account('operator'),
  }),
  'partition.elect-leader': async () => {
    const input = await withTopic();
    return { input: { ...input, digest: (await planned('partition.elect-leader', input)).digest } };
  },
  'partition.elect-leader.plan': async () => ({ input: await withTopic() }),
  'session.revoke': async () => {
    const { userId } = await account('viewer');
    const id = randomUUID();
    await insertSession(
      { id, userId, tokenHash: randomUUID(), ip: '192.0.2.1', userAgent: 'x' },
      { idleMinutes: 30, maxHours: 12 },
    );
    return { input: { id }, known: { userId } };
  },
  'token.create': async () => ({
    input: { name: 'Prometheus', role: 'viewer', days: 30 },
    known: await account('viewer'),
  }),
  'token.revoke': async () => {
    const { userId } = await account('viewer');
    const id = randomUUID();
    const token = { id, userId, name: 'x', hash: randomUUID(), prefix: 'mlr_', role: 'viewer', days: 1 };
    await insertAccessToken({ ...token, role: 'viewer' });
    return { input: { id }, known: { userId } };
  },
  'topic.add-partitions': async () => {
    const input = await withTopic({ total: 4 });
    return { input: { ...input, digest: (await planned('topic.add-partitions', input)).digest } };
  },
  'topic.add-partitions.plan': async () => ({ input: await withTopic({ total: 4 }) }),
  'topic.configure': async () => {
    const input = { clusterId, topics: [await newTopic()], changes: retention };
    return { input: { ...input, digest: (await planned('topic.configure', input)).digest } };
  },
  'topic.configure.plan': async () => ({
    input: { clusterId, topics: [await newTopic()], changes: retention },
  }),
  'topic.create': async () => {
    const topic = `${prefix}.${randomUUID().slice(0, 8)}`;
    made.add(topic);
    return { input: { clusterId, topic, partitions: 1, replicationFactor: 3, configs: {} } };
  },
  'topic.create.plan': async () => ({
    input: { clusterId, topic: `${prefix}.never`, partitions: 1, replicationFactor: 3, configs: {} },
  }),
  'topic.delete': async () => {
    const topic = await newTopic();
    const input = { clusterId, topics: [topic] };
    return { input: { ...input, digest: (await planned('topic.delete', input)).digest, typed: topic } };
  },
  'topic.delete.plan': async () => ({ input: { clusterId, topics: [await newTopic()] } }),
  'topic.delete-records': async () => {
    const topic = await filledTopic();
    const base = { clusterId, topic };
    const { digest } = await planned('topic.delete-records', { ...base, upTo: { kind: 'all' } });
    return { input: { ...base, before: [{ partition: 0, offset: '1' }], digest, typed: topic } };
  },
  'topic.delete-records.plan': async () => ({
    input: { clusterId, topic: await filledTopic(), upTo: { kind: 'all' } },
  }),
  'user.invite': async () => ({
    input: { email: `${randomUUID()}@example.com`, role: 'viewer' },
    known: await account('admin'),
  }),
  'user.update': async () => ({ input: { id: (await account('viewer')).userId, role: 'developer' } }),
};

const real = commands.filter((verb): verb is AnyCommand => verb.kind === 'command');
const plans = commands.filter((verb): verb is AnyPlan => verb.kind === 'plan');

beforeAll(async () => {
  process.env.MILLRACE_EGRESS_ALLOW = '127.0.0.0/8';
  process.env.MILLRACE_NOTIFY_ALLOW = '127.0.0.0/8';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  database = await openTestDatabase();
  await registerSampleCluster({ id: clusterId, bootstrap: hostPorts(platform.bootstrap) });
});

afterAll(async () => {
  try {
    const client = await kafkaOf(clusterId);
    for (const groupId of groups) await deleteGroup(client, groupId).catch(() => undefined);
    await deleteTopics(
      client,
      [...made].map((topic) => ({ topic })),
    );
    const reset = [{ op: 'reset' as const, name: 'log.flush.interval.messages' }];
    await alterConfigs(client, [{ target: { kind: 'broker', broker: 1 }, changes: reset }]);
  } finally {
    // A platform that went away must not leave a PostgreSQL behind.
    await Promise.allSettled(stopSteps().map(({ stop }) => stop()));
    await database.close();
    vi.restoreAllMocks();
  }
});

describe('every command on a real cluster', () => {
  it('is prepared for each verb there is', () => {
    expect(Object.keys(prepare).sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  it.each(plans)('$name', async (plan) => {
    const { input } = await prepare[plan.name]!();
    const result = await runPlan(plan, contextAs(commandSamples[plan.name]!.least), input);
    expect(result).toMatchObject({ ok: true });
  });

  it.each(real)('$name', async (verb) => {
    const { least } = commandSamples[verb.name]!;
    const { input, known } = await prepare[verb.name]!();
    for (const role of rolesBelow(least)) {
      const refused = await runCommand(verb, contextAs(role, known ? { ...known, role } : {}), input);
      expect(refused).toMatchObject({ problem: { code: 'auth.forbidden' } });
    }
    const context = contextAs(least, known);
    const once = { requestId: randomUUID() };
    const result = await runCommand(verb, context, input, once);
    expect(result).toMatchObject({ ok: true });
    const rows = await auditRowsOf(context.requestId);
    expect(rows).toMatchObject([
      { phase: 'started', operation_id: result.operationId, actor_role: least },
      { phase: 'succeeded', operation_id: result.operationId },
    ]);
    const repeated = await runCommand(verb, context, input, once);
    if (verb.isAnswerSecret) {
      expect(repeated).toMatchObject({ problem: { code: 'idempotency.answered' } });
      for (const text of Object.values((result as { value: Record<string, string> }).value))
        if (/mlr_|token=/.test(text)) secret(text.split('token=').at(-1) ?? text);
    } else expect(repeated).toEqual(JSON.parse(JSON.stringify(result)));
    expect(await auditRowsOf(context.requestId)).toHaveLength(2);
  });

  it('R18: no secret is in the audit, in kept answers, in the log, or in what any query answers', async () => {
    expect(secrets.size).toBeGreaterThan(10);
    const kept: unknown[] = [written];
    const tables = await pool().query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    for (const { tablename } of tables.rows)
      kept.push((await pool().query(`SELECT to_jsonb(t) AS row FROM "${tablename}" t`)).rows);
    for (const query of queries.filter((one) => one.permission !== 'message:read')) {
      const sample = querySamples[query.name]!.input;
      const input = 'clusterId' in sample ? { ...sample, clusterId } : sample;
      kept.push(await runQuery(query, contextAs('admin'), input));
    }
    const all = JSON.stringify(kept);
    expect(all.length).toBeGreaterThan(10_000);
    // A number of a broker config is no secret; it is kept out of the audit only, because its neighbours may be.
    for (const text of secrets) if (!text.startsWith('88')) expect(all.includes(text), text).toBe(false);
    const { rows } = await pool().query('SELECT to_jsonb(t) AS row FROM audit_events t');
    for (const text of secrets) expect(JSON.stringify(rows).includes(text), text).toBe(false);
  });
});
