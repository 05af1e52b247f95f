import { collectorOf } from '#lib/collector/collectors.ts';
import { openTestDatabase } from '#lib/testing/database.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { headline, megabytes, say, startFakeProcess } from './harness.ts';
import { measureLists, measureRefresh } from './lists.ts';

/**
 * A cluster of 10,000 topics and 100,000 partitions through the fake in another process, and the product's own collector
 * and queries: server time of the lists, one refresh, the event loop, memory. `node bench/large-cluster.ts [topics] [groups]`
 */
const [topics = 10_000, groups = 500] = process.argv.slice(2).map(Number);
process.env.MILLRACE_EGRESS_ALLOW = '127.0.0.0/8';
headline(`Large cluster: ${topics} topics × 10 partitions × 3 replicas, ${groups} groups, fake brokers`);
const database = await openTestDatabase();
const fake = await startFakeProcess({ topics, partitions: 10, groups });
try {
  await registerSampleCluster({ id: 'large', bootstrap: fake.bootstrap });
  await measureRefresh('large');
  await measureLists('large', 'topic-09');
  say('memory at the end (RSS)', megabytes(process.memoryUsage().rss), '< 512 MB');
} finally {
  await collectorOf('large').stop();
  fake.stop();
  await database.close();
}
process.exit(0);
