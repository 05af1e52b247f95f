import type { PoolClient } from 'pg';
import type { ClusterEvent } from '#lib/model/cluster-event.ts';
import { guard, pool } from './client.ts';

/** Texts longer than this are cut: names are up to 249 characters, and a list of them has no end. */
const longestText = 1_000;

type Sql = Pick<PoolClient, 'query'>;

/** Keeps what was seen to happen in clusters. Written by the instance that holds the history of the cluster. */
export async function addClusterEvents(events: readonly ClusterEvent[], sql: Sql = pool()): Promise<void> {
  if (events.length === 0) return;
  const text = (of: (event: ClusterEvent) => string): string[] =>
    // PostgreSQL has no NUL in texts (P5).
    events.map((event) => of(event).replaceAll('\0', '\ufffd').slice(0, longestText));
  await guard(() =>
    sql.query({
      name: 'cluster-events-add',
      text: `INSERT INTO cluster_events (cluster_id, at, kind, subject_type, subject, severity, title, detail)
             SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[],
               $7::text[], $8::text[])`,
      values: [
        text((event) => event.clusterId),
        events.map(({ at }) => new Date(at)),
        text((event) => event.kind),
        text((event) => event.subjectType),
        text((event) => event.subject),
        text((event) => event.severity),
        text((event) => event.title),
        text((event) => event.detail),
      ],
    }),
  );
}

type Row = Omit<ClusterEvent, 'clusterId' | 'at' | 'subjectType'> & { at: Date; subject_type: string };

/**
 * What happened in a cluster, newest first. With a subject only what happened to it, to the cluster, or to a broker: those
 * are felt by everything.
 */
export async function listClusterEvents(asked: {
  clusterId: string;
  fromMs: number;
  toMs: number;
  subject?: { type: string; name: string } | undefined;
  limit: number;
}): Promise<{ rows: ClusterEvent[]; total: number }> {
  const { clusterId, fromMs, toMs, subject, limit } = asked;
  const where = `cluster_id = $1 AND at >= $2 AND at <= $3
    AND ($4::text IS NULL OR subject_type IN ('cluster', 'broker') OR (subject_type = $4 AND subject = $5))`;
  const values = [clusterId, new Date(fromMs), new Date(toMs), subject?.type ?? null, subject?.name ?? null];
  const [found, counted] = await Promise.all([
    guard(() =>
      pool().query<Row>(
        `SELECT at, kind, subject_type, subject, severity, title, detail FROM cluster_events
         WHERE ${where} ORDER BY at DESC, id DESC LIMIT $6`,
        [...values, limit],
      ),
    ),
    guard(() =>
      pool().query<{ total: number }>(
        `SELECT count(*)::int AS total FROM cluster_events WHERE ${where}`,
        values,
      ),
    ),
  ]);
  const rows = found.rows.map(({ at, subject_type, ...event }) => ({
    ...event,
    clusterId,
    at: at.getTime(),
    subjectType: subject_type as ClusterEvent['subjectType'],
  }));
  return { rows, total: counted.rows[0]?.total ?? 0 };
}

/** Removes what happened before `beforeMs`, and all of clusters that are gone. */
export async function purgeClusterEvents(beforeMs: number): Promise<void> {
  await guard(() =>
    pool().query(
      `DELETE FROM cluster_events e
       WHERE at < $1 OR NOT EXISTS (SELECT 1 FROM clusters WHERE id = e.cluster_id)`,
      [new Date(beforeMs)],
    ),
  );
}
