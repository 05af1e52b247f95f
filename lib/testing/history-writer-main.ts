import { HistoryKeeper } from '#lib/collector/keep-history.ts';
import { openDatabase } from '#lib/gateways/database/client.ts';
import { appendSample } from '#lib/gateways/database/series.ts';

/**
 * Writes one reading after the other into the history of a cluster until it is killed, and says each before it is written:
 * `history-writer-main.ts URL CLUSTER FIRST_AT_MS`.
 */
const [url = '', clusterId = '', first = '0'] = process.argv.slice(2);
openDatabase(url);
const keeper = new HistoryKeeper({ append: appendSample, mayWrite: () => true, standBy: () => {} });
for (let at = Number(first); ; at += 5_000) {
  process.stdout.write(`${at}\n`);
  keeper.take({
    clusterId,
    at,
    points: [
      { kind: 'cluster.records-in', name: '', value: at },
      { kind: 'topic.size', name: 'orders', value: at },
    ],
  });
  await keeper.settle();
}
