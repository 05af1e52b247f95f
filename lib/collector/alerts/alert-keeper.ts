import { leaseFence } from '#lib/collector/keep-lease.ts';
import type { Tick } from '#lib/collector/ticks.ts';
import {
  type AlertRight,
  openIncidents,
  openIncidentsOf,
  resolveIncidents,
  touchIncidents,
} from '#lib/gateways/database/alert-incidents.ts';
import { keepPendingAlerts, readPendingAlerts } from '#lib/gateways/database/alert-pending.ts';
import { log } from '#lib/log.ts';
import { incidentEndWords } from '#lib/model/alert-incident.ts';
import type { AlertRule } from '#lib/model/alert-rule.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import { ClusterEvaluator, type Pending, type ToOpen, type ToResolve } from './cluster-evaluator.ts';
import { summaryOf } from './rule-words.ts';
import { UsualBands } from './usual-bands.ts';

/** Everything of a cluster that only one instance does is done by right of one lease: who samples for history also judges. */
export const leaseOfCluster = (clusterId: string): string => `history:${clusterId}`;

const touchEveryMs = 15_000;
/** What had begun to hold longer ago than its rule waits and this was left behind by a longer stop: it begins anew. */
const longestStopMs = 10 * 60_000;

export type Rules = { mark: string; rules: readonly AlertRule[] };
/** What a tick tells, and whether the cluster answers. */
export type Told = Pick<Tick, 'points' | 'hasDetails'> & { isAnswering: boolean };
/** `isSure`: the database is known to have what the evaluator believes. */
type Held = {
  fence: bigint;
  evaluator: ClusterEvaluator;
  mark: string;
  pending: Map<string, Pending>;
  isSure: boolean;
};
type Cluster = Pick<ClusterRecord, 'id' | 'name' | 'environment'>;

/**
 * Holds the rules against the ticks of one cluster and writes what comes of it, exactly once: it writes only by right of a
 * lease with its fence, and what could not be written is found again with the next tick (F5, F16).
 */
export class AlertKeeper {
  readonly clusterId: string;
  readonly #usual: UsualBands;
  readonly #onChange: () => void;
  #held: Held | null = null;
  #touchedAt = 0;
  #working: Promise<void> | null = null;

  readonly #fenceOf: (lease: string) => bigint | null;

  /** @param onChange is called after incidents were opened or ended */
  constructor(clusterId: string, onChange: () => void, fenceOf = leaseFence) {
    this.clusterId = clusterId;
    this.#fenceOf = fenceOf;
    this.#usual = new UsualBands(clusterId);
    this.#onChange = onChange;
  }

  /**
   * One tick. While the one before is still being written, it is left out: the next one tells the same and more.
   * Never throws.
   */
  tick(told: Told, cluster: Cluster, rules: Rules): Promise<void> {
    this.#working ??= this.#tick(told, cluster, rules)
      .catch((error) => {
        // What was written before the answer was lost is read from the database; what was seen of the cluster stays known.
        if (this.#held) this.#held.isSure = false;
        log.warn('alerts.not-kept', { cluster: this.clusterId, error });
      })
      .finally(() => {
        this.#working = null;
      });
    return this.#working;
  }

  /** When what is under way has ended. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #tick({ points, isAnswering, hasDetails }: Told, cluster: Cluster, rules: Rules): Promise<void> {
    const lease = leaseOfCluster(this.clusterId);
    const fence = this.#fenceOf(lease);
    if (fence === null) return;
    const now = performance.now();
    if (this.#held?.fence !== fence || !this.#held.isSure) await this.#takeUp(fence, cluster, rules, now);
    const held = this.#held!;
    if (held.mark !== markOf(rules, cluster)) {
      held.evaluator.setRules(rules.rules, cluster);
      held.mark = markOf(rules, cluster);
    }
    const right = { lease, fence };
    const work = held.evaluator.evaluate(points, now, isAnswering, hasDetails);
    // What ends first: a rule that was changed may open anew for a subject whose old incident it ends.
    const isRight =
      (await this.#resolve(right, held.evaluator, work.resolve)) &&
      (await this.#open(right, held.evaluator, work.open, cluster)) &&
      (await this.#keepPending(right, held, now)) &&
      (await this.#touch(right, held.evaluator, now));
    // Another instance has taken over, and knows all of it from the database.
    if (!isRight) this.#held = null;
    else if (work.open.length + work.resolve.length > 0) this.#onChange();
    void this.#usual.learn();
  }

  async #takeUp(fence: bigint, cluster: Cluster, rules: Rules, now: number): Promise<void> {
    const [incidents, pending] = await Promise.all([
      openIncidentsOf(this.clusterId),
      readPendingAlerts(this.clusterId),
    ]);
    const known = this.#held?.fence === fence ? this.#held : null;
    const evaluator =
      known?.evaluator ?? new ClusterEvaluator((kind, name, times) => this.#usual.of(kind, name, times));
    if (!known) evaluator.setRules(rules.rules, cluster);
    const open = incidents.map(({ id, ruleId, rule, subject, lastValue }) => {
      return { id, ruleId, series: rule.series, subject, value: lastValue };
    });
    evaluator.recallIncidents(open, rules.rules, now);
    const waits = new Map(rules.rules.map((rule) => [rule.id, rule.forMinutes * 60_000]));
    const kept = new Map<string, Pending>();
    for (const { ruleId, subject, heldMs } of pending) {
      const one = { ruleId, subject, since: now - heldMs };
      kept.set(keyOf(one), one);
      if (!known && heldMs <= (waits.get(ruleId) ?? 0) + longestStopMs) evaluator.recallPending(one);
    }
    const mark = known?.mark ?? markOf(rules, cluster);
    this.#held = { fence, evaluator, mark, pending: kept, isSure: true };
  }

  async #open(
    right: AlertRight,
    evaluator: ClusterEvaluator,
    open: readonly ToOpen[],
    cluster: Cluster,
  ): Promise<boolean> {
    if (open.length === 0) return true;
    const opened = await openIncidents(
      right,
      open.map(({ ruleId, rule, subject, value }) => {
        const { condition, series } = rule;
        const band = condition.is === 'unusual' ? this.#usual.of(series, subject, condition.times) : null;
        const summary = summaryOf(rule, { clusterName: cluster.name, subject, value, band });
        return { ruleId, rule, clusterId: cluster.id, subject, summary, value };
      }),
    );
    opened?.forEach(({ id }, i) => {
      evaluator.opened(open[i]!.ruleId, open[i]!.subject, id);
    });
    return opened !== null;
  }

  async #resolve(
    right: AlertRight,
    evaluator: ClusterEvaluator,
    resolve: readonly ToResolve[],
  ): Promise<boolean> {
    if (resolve.length === 0) return true;
    const ended = await resolveIncidents(
      right,
      resolve.map(({ incidentId, end, value }) => ({
        id: incidentId,
        resolution: end,
        text: incidentEndWords[end],
        value,
      })),
    );
    if (ended === null) return false;
    for (const one of resolve) evaluator.resolved(one);
    return true;
  }

  async #keepPending(right: AlertRight, held: Held, now: number): Promise<boolean> {
    const pending = new Map(held.evaluator.pending().map((one) => [keyOf(one), one]));
    const began = [...pending].filter(([key, one]) => held.pending.get(key)?.since !== one.since);
    const ended = [...held.pending].filter(([key]) => !pending.has(key));
    if (began.length + ended.length > 0) {
      const kept = await keepPendingAlerts(
        right,
        this.clusterId,
        began.map(([, { ruleId, subject, since }]) => ({ ruleId, subject, heldMs: now - since })),
        ended.map(([, one]) => one),
      );
      if (kept === null) return false;
    }
    held.pending = pending;
    return true;
  }

  async #touch(right: AlertRight, evaluator: ClusterEvaluator, now: number): Promise<boolean> {
    if (now - this.#touchedAt < touchEveryMs) return true;
    const seen = evaluator.openValues();
    this.#touchedAt = now;
    return seen.length === 0 || (await touchIncidents(right, seen)) !== null;
  }
}

const keyOf = ({ ruleId, subject }: Pick<Pending, 'ruleId' | 'subject'>): string => `${ruleId}\n${subject}`;

/** Rules together with what of the cluster decides whether they are about it. */
const markOf = ({ mark }: Rules, { environment }: Cluster): string => `${mark} ${environment}`;
