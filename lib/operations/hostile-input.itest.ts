import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#lib/gateways/database/client.ts';
import { stopSteps } from '#lib/process.ts';
import { queries } from '#lib/services/api/queries.ts';
import { commands } from '#lib/services/commands.ts';
import { auditRowsOf } from '#lib/testing/audit-rows.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { canary, commandSamples, querySamples } from '#lib/testing/verb-samples.ts';
import { makeAccount } from '#lib/testing/visitor.ts';
import { runCommand, runPlan } from './run-command.ts';
import { runQuery } from './run-query.ts';

/**
 * R14: bodies that no form makes. Whatever arrives, the answer is a problem in words with a status of the sender's, never a
 * fault of ours. Needs a database and no Kafka: the cluster that the samples name does not answer.
 */

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await registerSampleCluster();
});

afterAll(async () => {
  await Promise.allSettled(stopSteps().map(({ stop }) => stop()));
  await database.close();
});

/** Texts that have broken something somewhere: NUL, half a surrogate, prototype keys, terminal and text direction, SQL, length. */
const nasty = fc.constantFrom(
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    '__proto__',
    'constructor',
    '\u001b[31m',
    '\u202egnp',
    "'; DROP TABLE users;--",
  ],
  ...[
    '..',
    '../../etc/passwd',
    '%00',
    '\r\nset-cookie: a=b',
    '{{7*7}}',
    '<script>',
    '🦦'.repeat(200),
    'x'.repeat(300_000),
  ],
  ...['-1', '0', '9223372036854775808', '1e400', 'NaN', ' ', '\u00a0', 'ｔｏｐｉｃ'],
);
const oddNumber = fc.constantFrom(-1, 0, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, -0, 1e308);
const odd = fc.oneof(
  nasty,
  oddNumber,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    maxDepth: 3,
  }),
);

/** Every place in a value, as a path. */
function placesOf(value: unknown, at: string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [at];
  return [at, ...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...at, key]))];
}

function withValueAt(value: unknown, [head, ...rest]: string[], put: unknown): unknown {
  if (head === undefined) return put;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[head] = withValueAt(copy[head], rest, put);
  return copy;
}

/** A sample with one to three of its places replaced, or something altogether else. */
const bodyFrom = (sample: unknown): fc.Arbitrary<unknown> => {
  const place = fc.constantFrom(...placesOf(sample));
  const changes = fc.array(fc.tuple(place, odd), { minLength: 1, maxLength: 3 });
  const changed = changes.map((all) => {
    let body: unknown = structuredClone(sample);
    // The deepest first: a place that was replaced has nothing below it any more.
    for (const [path, put] of [...all].sort(([a], [b]) => b.length - a.length))
      body = withValueAt(body, path, put);
    return body;
  });
  return fc.oneof({ weight: 6, arbitrary: changed }, { weight: 1, arbitrary: odd });
};

/** What a cluster that does not answer and a database that is well may say. */
const mayBeSaid = (problem: { code: string; status: number }) =>
  problem.status < 500 || /^(kafka|cluster|egress)\./.test(problem.code);

async function check(answer: { ok: boolean; problem?: { code: string; status: number } }, body: unknown) {
  if (!answer.problem) return;
  if (!mayBeSaid(answer.problem))
    throw new Error(`${JSON.stringify(answer.problem)} for ${fc.stringify(body).slice(0, 500)}`);
  const text = JSON.stringify(answer);
  expect(text).not.toMatch(/node_modules|\.ts:\d|at Object\.|SELECT |prisma/i);
  expect(text.length).toBeLessThan(20_000);
}

/** Settable, to look further than every run of the suite does. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);
const commandRuns = Math.ceil(1_000 / commands.length);

describe('R14: generated bodies', () => {
  it.each(commands)(`$name answers ${commandRuns} of them in words`, async (verb) => {
    const sample = commandSamples[verb.name]?.input;
    // Somebody who exists: what a session of nobody would do is not the question.
    const userId = await makeAccount('admin', `${verb.name}@example.com`);
    await fc.assert(
      fc.asyncProperty(bodyFrom(sample), async (body) => {
        const context = contextAs('admin', { userId });
        const result =
          verb.kind === 'plan' ? await runPlan(verb, context, body) : await runCommand(verb, context, body);
        await check(result, body);
        if (!result.ok && result.problem.code === 'input.invalid' && !result.operationId)
          expect(await auditRowsOf(context.requestId)).toEqual([]);
      }),
      { numRuns: commandRuns, seed },
    );
  });

  it.each(queries)('$name answers 20 of them in words', async (query) => {
    const sample = querySamples[query.name]?.input;
    await fc.assert(
      fc.asyncProperty(bodyFrom(sample), async (body) =>
        check(await runQuery(query, contextAs('admin'), body), body),
      ),
      { numRuns: 20, seed },
    );
  });

  it('the canaries of the samples are in no row of the audit', async () => {
    const { rows } = await pool().query('SELECT details, target_id FROM audit_events');
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows)).not.toContain(canary);
  });
});
