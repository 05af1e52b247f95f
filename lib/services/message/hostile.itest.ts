import { beforeAll, describe, expect, it } from 'vitest';
import { runQuery } from '#lib/operations/run-query.ts';
import { eventsOf, openStream, searched } from '#lib/testing/message-streams.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { tokenOf } from '#lib/testing/token-of.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { checkFilter } from './check-filter.ts';
import { listMessages } from './list-messages.ts';
import { streamSearch } from './search-messages.ts';

/** Expressions written to break out, to hang or to exhaust (R28), through every verb that takes one. */
const suite = topicSuite('hostile');
const fixture = openFixture(suite.platform.bootstrap);
let topic: string;

const sixty = Array.from({ length: 60 }, (_, i) => i);
const nested = (macro: string, over: string, depth: number, inner: string): string =>
  Array.from({ length: depth }).reduceRight<string>(
    (body, _, level) => `${over}.${macro}(x${level}, ${body})`,
    inner,
  );

/** How each may end: refused before it runs, or run without ever matching, or stopped. */
const expressions: Record<string, string> = {
  constructor: 'value.constructor == 1',
  prototype: 'value.__proto__ == 1',
  'constructor of constructor': 'value["constructor"]["constructor"] == 1',
  'key of the record named __proto__': 'value.__proto__.admin == false',
  toString: 'value.toString() == "x"',
  hasOwnProperty: 'has(value.hasOwnProperty)',
  'constructor of text': '"".constructor == 1',
  'constructor of a list': '[1].constructor == 1',
  'pattern with exponential backtracking': 'value.s.matches("^(a+)+$")',
  'five nested all over 60': nested('all', 'value.sixty', 5, 'x0 >= 0'),
  'three nested map over 300': `${nested('map', 'value.many', 3, 'x0')}.size() == 1`,
  'two nested map over 300': `${nested('map', 'value.many', 2, 'x0 + x1')}.size() == 1`,
  'map that builds texts': 'value.many.map(x, value.s + value.s + value.s).size() == 1',
  'deep parentheses': `${'('.repeat(900)}true${')'.repeat(900)}`,
  'thousands of ||': Array.from({ length: 400 }, () => 'true').join('||'),
  'thousands of !': `${'!'.repeat(2_000)}true`,
  overflow: '9223372036854775807 + 1 == 0',
  // As long as they were first written: over the limit of an expression.
  '5,000 parentheses': `${'('.repeat(5_000)}true${')'.repeat(5_000)}`,
  '20,000 ||': Array.from({ length: 20_000 }, () => 'true').join('||'),
  '50,000 !': `${'!'.repeat(50_000)}true`,
};

beforeAll(async () => {
  topic = await suite.create('expressions');
  const many = Array.from({ length: 300 }, (_, i) => i);
  const value = `{"i": 1, "s": "${'a'.repeat(5_000)}!", "sixty": ${JSON.stringify(sixty)}, "many": ${JSON.stringify(many)}, "__proto__": {"admin": true}}`;
  await fixture.produce(
    topic,
    Array.from({ length: 30 }, (_, i) => ({ key: `k${i}`, value, partition: i % 3 })),
  );
});

/** How a streamed search ended: by its outcome, or by the problem that refused it. */
async function endOf(where: string): Promise<{ ended: string; rows: number }> {
  const response = await openStream(streamSearch, topic, { where });
  if (response.status !== 200) return { ended: `refused ${(await response.json()).code}`, rows: 0 };
  let rows = 0;
  let ended = '';
  for await (const event of eventsOf(response)) {
    if (event.type === 'rows') rows += event.rows.length;
    if (event.type === 'end') ended = [event.end.outcome, event.end.reason ?? ''].join(': ');
    if (event.type === 'problem') ended = `problem ${event.problem.code}`;
  }
  return { ended, rows };
}

describe('a hostile expression', () => {
  it.each(Object.entries(expressions))('ends and matches nothing it should not: %s', async (name, where) => {
    const { ended, rows } = await endOf(where);
    expect(ended).toMatch(/^(complete: |cancelled: .*partition \d+, offset \d+.*|refused input\.invalid)$/);
    // True of every record, and harmless: only as long as the expression may be.
    const isTrue = /^[(!]*true|\|\|/.test(where) || name.startsWith('five nested');
    if (!isTrue) expect(rows).toBe(0);
    // The process is there, and so are other people's messages.
    const page = await runQuery(listMessages, contextAs('developer'), { clusterId, topic });
    expect(page.ok && page.value.rows.length).toBe(30);
  });

  it.each(Object.entries(expressions))(
    'is no more dangerous when it is tried on a record: %s',
    async (_, where) => {
      const result = await runQuery(checkFilter, contextAs('developer'), {
        ...{ clusterId, topic, where, partition: 0, offset: '0' },
      });
      if (!result.ok) return expect(result.problem.code).toMatch(/^(input\.invalid|filter\..*)$/);
      const { problem, trial } = result.value;
      expect(problem !== null || trial !== null).toBe(true);
      expect(JSON.stringify(trial)).not.toMatch(/function|native code|\[object/);
    },
  );
});

describe('who writes filters that must be stopped', () => {
  it('waits after the third, alone; others read on meanwhile, and so do his plain pages', async () => {
    const long = await suite.create('long');
    const items = Array.from({ length: 20_000 }, (_, i) => i);
    await fixture.produce(long, [{ value: JSON.stringify({ items }), partition: 0 }]);
    const where =
      'value.items.all(a, value.items.all(b, a - b < 1000000)) && duration("1s") < duration("2s")';
    const guilty = await tokenOf('developer');
    const other = await tokenOf('developer');
    for (let kill = 1; kill <= 3; kill++) {
      const [{ end }, others, page] = await Promise.all([
        searched(long, { where }, guilty),
        searched(topic, { where: 'value.i == 1' }, other),
        runQuery(listMessages, contextAs('developer'), { clusterId, topic }),
      ]);
      expect([end.outcome, end.reason]).toEqual(['cancelled', expect.stringContaining('offset 0')]);
      expect([others.rows.length, others.end.outcome]).toEqual([30, 'complete']);
      expect(page.ok && page.value.rows.length).toBe(30);
    }
    const refused = await openStream(streamSearch, topic, { where: 'value.i == 1' }, guilty);
    expect([refused.status, (await refused.json()).code]).toEqual([429, 'filter.suspended']);
    const { userId } = guilty;
    for (const query of [listMessages, checkFilter] as const) {
      const context = contextAs('developer', { userId });
      const again = await runQuery(query as typeof listMessages, context, {
        ...{ clusterId, topic, where: 'value.i == 1' },
      });
      expect(again).toMatchObject({ ok: false, problem: { code: 'filter.suspended' } });
    }
    expect((await searched(topic, { contains: '"i": 1' }, guilty)).rows).toHaveLength(30);
    expect((await searched(topic, { where: 'value.i == 1' }, other)).rows).toHaveLength(30);
  });
});
