import { collectorOf } from '#lib/collector/collectors.ts';
import { missingParts } from '#lib/collector/missing-parts.ts';
import type { PartName } from '#lib/collector/pace.ts';
import { paceOf } from '#lib/collector/pace.ts';
import type { AnyQuery } from '#lib/operations/define-query.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { listGroups } from '#lib/services/group/list-groups.ts';
import { listTopics } from '#lib/services/topic/list-topics.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { megabytes, milliseconds, quantile, say, type Timed, timed, watchTurns } from './harness.ts';

/** What every benchmark of a cluster asks: its lists by all sorts, searches and pages, and one refresh of everything. */

const parts = ['ends', 'starts', 'sizes', 'groups', 'groupOffsets', 'quorum', 'minIsr'] as const;
const allParts = Object.keys(paceOf(1)) as PartName[];

type Answer = Timed<string> & { sort: string; q: string; page: number };

async function ask(query: AnyQuery, input: Record<string, unknown>): Promise<Timed<string>> {
  const context = contextAs('viewer');
  return timed(async () => {
    const result = await runQuery(query, context, input);
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    return JSON.stringify(result.value);
  });
}

async function measureList(
  query: AnyQuery,
  clusterId: string,
  on: { sorts: string[]; searches: string[]; pages: number[] },
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const round of [0, 1, 2, 3])
    for (const column of on.sorts)
      for (const sort of [column, `-${column}`])
        for (const q of on.searches)
          for (const page of on.pages) {
            const answer = await ask(query, { clusterId, sort, q, page, pageSize: 50 });
            // The first round warms up what later requests find warm.
            if (round > 0) answers.push({ ...answer, sort, q, page });
          }
  return answers;
}

function sayList(what: string, answers: Answer[], wanted: string): void {
  const worst = answers.reduce((a, b) => (b.cpuMs > a.cpuMs ? b : a));
  const wall = quantile(
    answers.map(({ ms }) => ms),
    0.95,
  );
  const cpu = quantile(
    answers.map(({ cpuMs }) => cpuMs),
    0.95,
  );
  say(
    `${what}, ${answers.length} requests`,
    `p95 ${milliseconds(wall)}, CPU p95 ${milliseconds(cpu)}`,
    wanted,
  );
  say(
    '  most CPU',
    `${milliseconds(worst.cpuMs)} (sort ${worst.sort}, page ${worst.page}, search "${worst.q}")`,
  );
  const bytes = Math.max(...answers.map(({ value }) => Buffer.byteLength(value)));
  say('  largest answer of 50 rows', `${(bytes / 1000).toFixed(1)} KB`, '< 40 KB');
}

/** The page of topics and the page of groups, from the newest picture. */
export async function measureLists(clusterId: string, search: string): Promise<void> {
  const topics = await measureList(listTopics, clusterId, {
    sorts: ['name', 'partitions', 'replication', 'records', 'bytes', 'size', 'groups', 'lag', 'trouble'],
    searches: ['', search, 'found-nowhere'],
    pages: [1, 2, 17],
  });
  sayList('topic list', topics, 'p95 < 30 ms');
  const groups = await measureList(listGroups, clusterId, {
    sorts: ['name', 'lag', 'state', 'type', 'topics'],
    searches: ['', 'group-001'],
    pages: [1, 10],
  });
  sayList('group list', groups, 'p95 < 30 ms');
}

/** Everything about the cluster anew: what it costs, and how long others wait meanwhile. */
export async function measureRefresh(clusterId: string): Promise<void> {
  const collector = collectorOf(clusterId);
  const first = await timed(() => collector.firstSample());
  const { metadata, groups } = first.value;
  if (!metadata.value) throw new Error(`The cluster did not answer: ${JSON.stringify(metadata.problem)}`);
  const counts = `${metadata.value.names.length} topics, ${metadata.value.partition.length} partitions, ${groups.value?.length} groups`;
  say('cluster', counts);
  for (const { sentence } of missingParts(first.value, [...parts])) say('  missing', sentence);
  say('first refresh, whole', `${milliseconds(first.ms)}, CPU ${milliseconds(first.cpuMs)}`);
  const rounds: Timed<unknown>[] = [];
  for (let i = 0; i < 3; i++) rounds.push(await timed(() => collector.refresh(allParts)));
  const cpu = rounds.map(({ cpuMs }) => cpuMs);
  const wall = rounds.map(({ ms }) => ms);
  say(
    'a refresh, whole, middle of 3',
    `${milliseconds(quantile(wall, 0.5))}, CPU ${milliseconds(quantile(cpu, 0.5))}`,
    'CPU < 3 s',
  );
  const groupsOnly = await timed(() => collector.refresh(['groups']));
  say(
    '  groups with their offsets, live',
    `${milliseconds(groupsOnly.ms)}, CPU ${milliseconds(groupsOnly.cpuMs)}`,
    '< 200 ms',
  );
  for (const { sentence } of missingParts(groupsOnly.value, [...parts])) say('  missing', sentence);
  const stop = watchTurns();
  await collector.refresh(allParts);
  say('  longest turn of the event loop (CPU)', milliseconds(stop()), '< 50 ms');
  say('memory of this process (RSS)', megabytes(process.memoryUsage().rss), '< 512 MB');
}
