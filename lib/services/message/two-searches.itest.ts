import { beforeAll, describe, expect, it } from 'vitest';
import { runQuery } from '#lib/operations/run-query.ts';
import { eventsOf, openStream, searched } from '#lib/testing/message-streams.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { listMessages } from './list-messages.ts';
import { streamSearch } from './search-messages.ts';

/** Several people search the same brokers at once. */
const suite = topicSuite('two');
const fixture = openFixture(suite.platform.bootstrap);
const count = 60_000;
let topic: string;

beforeAll(async () => {
  topic = await suite.create('at-once');
  const records = Array.from({ length: count }, (_, i) => ({
    key: `k${i}`,
    value: JSON.stringify({ i, padding: 'x'.repeat(150) }),
    partition: i % 3,
  }));
  await fixture.produce(topic, records, { compression: 'lz4' });
}, 60_000);

describe('searches at once', () => {
  it('each end with their own answers, and pages are answered meanwhile', async () => {
    const searches = Array.from({ length: 6 }, (_, n) => {
      const order = n % 2 ? 'newest' : 'oldest';
      return searched(topic, { where: `value.i % 20000 == ${n}`, order });
    });
    let isOver = false;
    const all = Promise.all(searches).finally(() => {
      isOver = true;
    });
    let pages = 0;
    while (!isOver) {
      const page = await runQuery(listMessages, contextAs('developer'), { clusterId, topic });
      expect(page.ok && page.value.rows.length).toBe(50);
      pages++;
    }
    for (const [n, { rows, end, progress }] of (await all).entries()) {
      const found = rows.map(({ key }) => Number(key?.text.slice(1)));
      const wanted = [n, n + 20_000, n + 40_000];
      expect(found).toEqual(n % 2 ? wanted.reverse() : wanted);
      expect([end.outcome, progress.records]).toEqual(['complete', count]);
    }
    expect(pages).toBeGreaterThan(0);
  });

  it('are not held up by one whose reader takes nothing', async () => {
    const responses = await Promise.all(
      Array.from({ length: 3 }, () => openStream(streamSearch, topic, { where: 'value.i >= 0' })),
    );
    const events = responses.map((response) => eventsOf(response));
    for (const one of events) expect((await one.next()).value).toMatchObject({ type: 'plan' });
    const { rows, end } = await searched(topic, { where: 'value.i == 7' });
    expect([rows.length, end.outcome]).toEqual([1, 'complete']);
    for (const one of events) await one.return(undefined);
  });
});
