import { onTick, type SamplePoint, type Tick } from '#lib/collector/ticks.ts';
import { env } from '#lib/env.ts';
import { resolveOfRemovedClusters } from '#lib/gateways/database/alert-incidents.ts';
import { alertRulesMark, listAlertRules } from '#lib/gateways/database/alert-rules.ts';
import { listClusters } from '#lib/gateways/database/clusters.ts';
import { log } from '#lib/log.ts';
import { incidentEndWords } from '#lib/model/alert-incident.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import { onStop, registry } from '#lib/process.ts';
import { AlertKeeper, type Rules } from './alert-keeper.ts';

const lookEveryMs = 5_000;

type Watched = { keeper: AlertKeeper; tickedAt: number };
type Alerts = {
  rules: Rules;
  clusters: Map<string, ClusterRecord>;
  watched: Map<string, Watched>;
  looking: Promise<void> | null;
  onChange: () => void;
};

const alerts = (): Alerts =>
  registry('alerts', () => ({
    rules: { mark: '', rules: [] },
    clusters: new Map(),
    watched: new Map(),
    looking: null,
    onChange: () => {},
  }));

/**
 * Judges the ticks of all clusters by the alert rules for as long as the process lives. Its own clock looks after clusters
 * that do not tick any more: that the collector is late is found without the collector.
 *
 * @param onChange is called after incidents were opened or ended
 */
export function startAlerts(onChange: () => void): void {
  const state = alerts();
  state.onChange = onChange;
  const stopListening = onTick((tick) => judge(state, tick));
  const timer = setInterval(() => void lookAgain(), lookEveryMs);
  timer.unref();
  void lookAgain();
  onStop('sampling', 'alerts', async () => {
    stopListening();
    clearInterval(timer);
    await state.looking;
    await Promise.all([...state.watched.values()].map(({ keeper }) => keeper.settled()));
  });
}

/** Takes rules and clusters as they are now: after a change, and every few seconds for what other instances changed. */
export function lookAgain(): Promise<void> {
  const state = alerts();
  state.looking ??= look(state)
    .catch((error) => log.warn('alerts.not-looked', { error }))
    .finally(() => {
      state.looking = null;
    });
  return state.looking;
}

async function look(state: Alerts): Promise<void> {
  const mark = await alertRulesMark();
  if (mark !== state.rules.mark) state.rules = { mark, rules: await listAlertRules() };
  state.clusters = new Map((await listClusters()).map((cluster) => [cluster.id, cluster]));
  for (const id of state.watched.keys()) if (!state.clusters.has(id)) state.watched.delete(id);
  const ended = await resolveOfRemovedClusters(incidentEndWords['cluster-removed']);
  if (ended > 0) state.onChange();
  const now = performance.now();
  for (const id of state.clusters.keys()) {
    const watched = watchedOf(state, id);
    const lateMs = now - watched.tickedAt - longestBetweenTicks();
    if (lateMs > 0) await judgeLate(state, id, watched.keeper, lateMs);
  }
}

/** The collector sleeps so long at most between two ticks when nobody watches, and reading takes its time. */
const longestBetweenTicks = (): number => Math.max(15_000, env().MILLRACE_SAMPLE_MS * 4);

function watchedOf(state: Alerts, clusterId: string): Watched {
  let watched = state.watched.get(clusterId);
  if (!watched) {
    watched = { keeper: new AlertKeeper(clusterId, () => state.onChange()), tickedAt: performance.now() };
    state.watched.set(clusterId, watched);
  }
  return watched;
}

async function judge(state: Alerts, { clusterId, points, hasDetails }: Tick): Promise<void> {
  const cluster = state.clusters.get(clusterId);
  if (!cluster) return;
  const watched = watchedOf(state, clusterId);
  watched.tickedAt = performance.now();
  await watched.keeper.tick({ points, hasDetails, isAnswering: isAnswering(points) }, cluster, state.rules);
}

/** Without a tick only its lateness is known, and nothing else is taken as news. */
async function judgeLate(
  state: Alerts,
  clusterId: string,
  keeper: AlertKeeper,
  lateMs: number,
): Promise<void> {
  const cluster = state.clusters.get(clusterId);
  if (!cluster) return;
  const points: SamplePoint[] = [{ kind: 'cluster.sample-late', name: '', value: lateMs }];
  await keeper.tick({ points, isAnswering: false }, cluster, state.rules);
}

const isAnswering = (points: readonly SamplePoint[]): boolean =>
  !points.some(({ kind, value }) => kind === 'cluster.reachable' && value === 0);
