import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { appendAudit } from '#lib/gateways/database/audit-rows.ts';
import { searchAudit } from '#lib/gateways/database/audit-search.ts';
import { verifyAudit } from '#lib/gateways/database/audit-verify.ts';
import { closeDatabase, openDatabase, pool } from '#lib/gateways/database/client.ts';
import { startEmbedded } from '#lib/gateways/database/embedded/launcher.ts';
import { seal } from '#lib/gateways/database/envelope.ts';
import { migrate } from '#lib/gateways/database/migrate.ts';
import { appendSample, readSeries } from '#lib/gateways/database/series.ts';
import { temporaryFolder } from '#lib/testing/database.ts';
import { headline, repeated, say, seconds, timed } from './harness.ts';

// Figures of the database on this machine: starts, history, audit, secrets. Needs no platform.

const dataDir = temporaryFolder();

headline('Built-in PostgreSQL');
const first = await timed(() => startEmbedded({ dataDir }));
say('first start of the built-in PostgreSQL', seconds(first.ms));
const applied = await timed(() => migrate(first.value.url));
say('all migrations on an empty database', seconds(applied.ms));
await first.value.stop();
const again = await timed(() => startEmbedded({ dataDir }));
say('start again', seconds(again.ms));
const server = again.value;
openDatabase(server.url);

try {
  await history();
  await audit();
  const key = { id: 'k1', key: randomBytes(32) };
  const place = { table: 'clusters', id: 'shop', field: 'password', version: 1 };
  const sealed = await timed(() => {
    for (let i = 0; i < 20_000; i++) seal(key, place, 'a password of usual length');
  });
  say('secrets sealed', `${Math.round(20_000 / (sealed.ms / 1000)).toLocaleString('en')}/s`);
} finally {
  await closeDatabase();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function history(): Promise<void> {
  const series = 10_000;
  const points = Array.from({ length: series }, (_, i) => ({
    kind: 'topic.records-in',
    name: `topic-${i}`,
    value: 0,
  }));
  let at = Date.parse('2026-01-01T00:00:00Z');
  let worstMs = 0;
  const scrape = async (): Promise<void> => {
    for (let i = 0; i < series; i++) {
      points[i]!.value =
        i % 3 === 0 ? 0 : i % 3 === 1 ? Math.floor(1e6 * Math.sin(at + i)) : Math.random() * 100;
    }
    at += 5_000;
    worstMs = Math.max(worstMs, (await timed(() => appendSample('bench', at, points))).ms);
  };
  await scrape();
  worstMs = 0;
  const scrapes = 480;
  const written = await timed(async () => {
    for (let i = 0; i < scrapes; i++) await scrape();
  });
  const rate = Math.round((series * scrapes) / (written.ms / 1000));
  say('history written and packed, 10,000 series', `${rate.toLocaleString('en')} points/s`);
  say('  CPU of Millrace for one scrape', `${(written.cpuMs / scrapes).toFixed(1)} ms`);
  say('  slowest scrape, that which packs', `${worstMs.toFixed(0)} ms`);
  const { rows } = await pool().query<{ bytes: string; points: string }>(
    `SELECT pg_total_relation_size('series_chunks') AS bytes, sum(points) AS points FROM series_chunks`,
  );
  say('  packed size', `${(Number(rows[0]!.bytes) / Number(rows[0]!.points)).toFixed(1)} bytes/point`);

  for (let i = 0; i < 5_000; i++) {
    at += 5_000;
    await appendSample('one', at, [{ kind: 'cluster.records-in', name: '', value: Math.random() * 1e4 }]);
  }
  const one = { series: [{ kind: 'cluster.records-in', name: '' }], fromMs: at - 5_000 * 4_999, toMs: at };
  const readOne = (maxPoints: number) => readSeries({ clusterId: 'one', ...one, maxPoints });
  const { at: times } = await readOne(5_000);
  say(`read ${times.length} points of one series`, await repeated(60, () => readOne(5_000)));
  say('  as 240 steps', await repeated(60, () => readOne(240)));
  const twenty = points.slice(500, 520).map(({ kind, name }) => ({ kind, name }));
  const last = Date.parse('2026-01-01T00:00:00Z') + scrapes * 5_000;
  const read = () =>
    readSeries({
      clusterId: 'bench',
      series: twenty,
      fromMs: last - 3_600_000,
      toMs: last,
      maxPoints: 1_000,
    });
  say('read the last hour of 20 series of 10,000', await repeated(60, read));
}

async function audit(): Promise<void> {
  const event = () => ({
    ...{ operationId: randomUUID(), phase: 'succeeded' as const, actorId: 'u1', actorName: 'Ada' },
    ...{ actorRole: 'operator', actorVia: 'session', ip: '127.0.0.1', userAgent: 'bench', requestId: 'r1' },
    ...{ action: 'topic.create', targetType: 'topic', targetId: 'orders', clusterId: 'shop' },
    ...{ details: { partitions: 3 }, errorCode: null },
  });
  const appended = await timed(async () => {
    for (let i = 0; i < 500; i++) await appendAudit(event());
  });
  say('audit events appended, each on disk', `${Math.round(500 / (appended.ms / 1000))}/s`);
  const verified = await timed(() => verifyAudit());
  say('audit chain verified', `${Math.round(500 / (verified.ms / 1000)).toLocaleString('en')} events/s`);
  const rows = Number(process.argv[2] ?? 500_000);
  await pool().query(`SET statement_timeout = 0; INSERT INTO audit_events
    SELECT n + 500, 'bench-' || n / 2, (CASE WHEN n % 2 = 0 THEN 'started' WHEN n % 500 = 1 THEN 'failed' ELSE 'succeeded' END)::audit_phase,
      n % 2 = 0, now() - make_interval(secs => ${rows} - n), 'u' || n % 40, 'User ' || n % 40, 'operator', 'session',
      '127.0.0.1', 'bench', 'r', 'topic.' || (ARRAY['create','update','delete'])[1 + n % 3], 'topic', 'topic-' || n % 9000,
      'shop', '{"partitions":3}', NULL, repeat('0', 64), repeat('0', 64) FROM generate_series(1, ${rows}) n`);
  await pool().query('ANALYZE audit_events');
  const page = { page: 1, pageSize: 50 };
  const label = `audit list of ${rows.toLocaleString('en')} events`;
  say(label, await repeated(20, () => searchAudit({}, page)));
  say('  of one actor', await repeated(20, () => searchAudit({ actorId: 'u8' }, page)));
  say('  failed only', await repeated(10, () => searchAudit({ outcome: 'failed' }, page)));
  say('  text found often', await repeated(10, () => searchAudit({ q: 'topic-12' }, page)));
  say('  text found nowhere', await repeated(5, () => searchAudit({ q: 'nowhere' }, page)));
  say('  page 200', await repeated(10, () => searchAudit({}, { page: 200, pageSize: 50 })));
}
