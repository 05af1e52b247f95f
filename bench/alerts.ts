import { ClusterEvaluator } from '#lib/collector/alerts/cluster-evaluator.ts';
import type { SamplePoint } from '#lib/collector/ticks.ts';
import type { AlertRule } from '#lib/model/alert-rule.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { ruleOf } from '#lib/testing/alert-rules.ts';
import { headline, milliseconds, say, timed } from './harness.ts';

/** Rules held against ticks: CPU of one tick, for rules as people write them and for the worst that can be written. */
const cluster = { id: 'bench', environment: 'production' as const };
const ticks = 50;
const kinds: SeriesKind[] = [
  'topic.records-in',
  'topic.bytes-in',
  'topic.size',
  'group.lag',
  'group.lag-time',
];
const perKind = 2000;

const names = Array.from({ length: perKind }, (_, i) => `team-${i % 40}.area-${i % 7}.name-${i}.v1`);
const tick = (
  kindsOfTick: readonly SeriesKind[],
  namesOfTick: readonly string[],
  round: number,
): SamplePoint[] =>
  kindsOfTick.flatMap((kind) =>
    namesOfTick.map((name, i) => ({ kind, name, value: (i * 37 + round * 13) % 1000 })),
  );

/** A hundred of a thousand subjects are in trouble at any time, and which they are changes. */
const usual = Array.from({ length: 1000 }, (_, i) =>
  ruleOf({
    name: `rule ${i}`,
    series: kinds[i % kinds.length],
    condition: i % 3 === 0 ? { is: 'below', value: 1, clear: 5 } : { is: 'above', value: 998, clear: 990 },
    forMinutes: i % 4,
    scope: { names: i % 10 === 0 ? '*' : `team-${i % 40}.*` },
  }),
);
const widest = Array.from({ length: 1000 }, (_, i) =>
  ruleOf({
    name: `rule ${i}`,
    series: 'topic.records-in',
    condition: { is: 'above', value: 1000 + i },
    scope: { names: '*', except: i % 2 === 0 ? `none-${i}` : '' },
  }),
);

headline('1,000 rules over 10,000 series, CPU per tick');
await measure('as written: patterns, some alerts come and go', usual, kinds, names);
const many = Array.from({ length: 10_000 }, (_, i) => `topic-${i}`);
await measure('every rule about every one of 10,000 topics', widest, ['topic.records-in'], many);

async function measure(
  title: string,
  rules: readonly AlertRule[],
  kindsOfTick: readonly SeriesKind[],
  namesOfTick: readonly string[],
): Promise<void> {
  const evaluator = new ClusterEvaluator();
  evaluator.setRules(rules, cluster);
  const all = Array.from({ length: ticks + 5 }, (_, round) => tick(kindsOfTick, namesOfTick, round));
  const first = await timed(() => run(evaluator, all.slice(0, 1), 0));
  run(evaluator, all.slice(1, 5), 1);
  const rest = await timed(() => run(evaluator, all.slice(5), 5));
  say(title, `CPU ${milliseconds(rest.cpuMs / ticks)} per tick`, 'less than 100 ms');
  say('', `first tick ${milliseconds(first.cpuMs)}, ${rest.value} opened`);
}

function run(evaluator: ClusterEvaluator, all: readonly SamplePoint[][], from: number): number {
  let opened = 0;
  all.forEach((points, i) => {
    const work = evaluator.evaluate(points, (from + i) * 15_000, true);
    for (const { ruleId, subject } of work.open) evaluator.opened(ruleId, subject, `${++opened}`);
    for (const one of work.resolve) evaluator.resolved(one);
    evaluator.pending();
    evaluator.openValues();
  });
  return opened;
}
