import { ClusterEvaluator } from '#lib/collector/alerts/cluster-evaluator.ts';
import type { UsualBand } from '#lib/collector/alerts/conditions.ts';
import type { SamplePoint } from '#lib/collector/ticks.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import type { ruleOf } from './alert-rules.ts';

export const minute = 60_000;
export const cluster = { id: 'eu', environment: 'production' as const };

export type Values = Record<string, number>;
export const pointsOf = (kind: SamplePoint['kind'], values: Values): SamplePoint[] =>
  Object.entries(values).map(([name, value]) => ({ kind, name, value }));

/** An evaluator with a clock in minutes and a database that keeps at once what is found. */
export function harness(rules: ReturnType<typeof ruleOf>[], usual?: (name: string) => UsualBand | null) {
  const evaluator = new ClusterEvaluator((_kind, name) => usual?.(name) ?? null);
  evaluator.setRules(rules, cluster);
  let ids = 0;
  const kind = rules[0]?.series ?? 'group.lag';
  return {
    evaluator,
    /** `+a` opened, `-a:back` ended, at a minute with these values. */
    at: (minutes: number, values: Values, { isAnswering = true, isKept = true } = {}): string[] => {
      const { isDetail = false } = factsOfSeries(kind);
      const points = pointsOf(kind, values);
      const work = evaluator.evaluate(points, minutes * minute, isAnswering, isDetail);
      if (isKept) {
        for (const one of work.open) evaluator.opened(one.ruleId, one.subject, `i${++ids}`);
        for (const one of work.resolve) evaluator.resolved(one);
      }
      return [
        ...work.open.map(({ subject }) => `+${subject}`),
        ...work.resolve.map(({ subject, end }) => `-${subject}:${end}`),
      ];
    },
  };
}
