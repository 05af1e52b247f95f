import type { AlertPlan, AlertWorld, PlannedNotice, Told } from '#lib/gateways/database/alert-world.ts';
import { type ChannelKind, tellsEach } from '#lib/model/alert-channel.ts';
import type { AlertIncident } from '#lib/model/alert-incident.ts';
import { maxToldIncidents, type NoticeKind } from '#lib/model/alert-notice.ts';
import { type AlertRoute, type IncidentMatch, matchesIncident, RouteFields } from '#lib/model/alert-route.ts';
import type { AlertSilence } from '#lib/model/alert-silence.ts';

/** What is to be told, before it is put into words. */
export type DueNotice = Omit<PlannedNotice, 'id' | 'message'> & { incidents: AlertIncident[] };
export type DuePlan = { notices: DueNotice[]; silenced: AlertPlan['silenced'] };

const second = 1_000;
const minute = 60 * second;

/**
 * Who has to be told what now. Pure: everything that was told before is in `world`, so the same world gives the same
 * answer, and after it was written down the answer is nothing.
 *
 * An incident goes by the first enabled route that fits it. It is announced once on each channel of the route, together with
 * those of its group that opened within the group wait; again after the repeat time while nobody has acknowledged it;
 * once to the channels of the escalation when that took too long; and its end wherever its beginning was told, even when
 * no route fits it any more. A silence holds back all but the end.
 */
export function dueNotices(world: AlertWorld): DuePlan {
  const told = new ToldIndex(world.told);
  const notices: DueNotice[] = [];
  const silenced: DuePlan['silenced'] = [];
  for (const { route, open, ended } of groupsOf(world, silenced)) {
    const speaking = (ids: readonly string[]): Channel[] =>
      ids.flatMap((id) => {
        const kind = world.channels.get(id);
        return kind ? { id, kind } : [];
      });
    for (const channel of speaking(route.channels)) {
      notices.push(...opening(route, channel, open, told, world.now));
      notices.push(...repeating(route, channel, open, told, world.now));
    }
    for (const channel of speaking(route.escalateTo))
      notices.push(...escalating(route, channel, open, told, world.now));
    if (route.sendsResolved)
      for (const [id, kind] of world.channels)
        notices.push(...ending(route, { id, kind }, ended, told, world.now));
  }
  return { notices, silenced };
}

/**
 * By which an end is told that no route fits any more, because the route or the cluster was removed or changed while the
 * incident was open: who was told of the beginning must not believe for ever that it goes on.
 */
const endOnly: AlertRoute = {
  ...RouteFields.parse({ name: 'Ends', groupWaitSeconds: 0 }),
  id: '',
  position: 0,
  version: 0,
};

type Channel = { id: string; kind: ChannelKind };
type Group = { route: AlertRoute; open: AlertIncident[]; ended: AlertIncident[] };

/** Incidents by route and what the route puts together. Open ones that a silence holds back are left out. */
function groupsOf(world: AlertWorld, silenced: DuePlan['silenced']): Iterable<Group> {
  const routes = world.routes.filter((route) => route.isEnabled);
  const groups = new Map<string, Group>();
  for (const incident of world.incidents) {
    const isMeant = meaning(world, incident);
    const silence =
      incident.resolvedAt === null ? world.silences.find(({ match }) => isMeant(match)) : undefined;
    if (silence) {
      silenced.push({ incidentId: incident.id, silence });
      continue;
    }
    const route =
      routes.find(({ match }) => isMeant(match)) ?? (incident.resolvedAt === null ? null : endOnly);
    if (!route) continue;
    const key = JSON.stringify([route.id, ...groupKeyOf(route, incident)]);
    let group = groups.get(key);
    if (!group) {
      group = { route, open: [], ended: [] };
      groups.set(key, group);
    }
    (incident.resolvedAt === null ? group.open : group.ended).push(incident);
  }
  return groups.values();
}

const meaning =
  (world: Pick<AlertWorld, 'clusters'>, incident: AlertIncident) =>
  (match: IncidentMatch): boolean =>
    matchesIncident(match, {
      ...incident,
      owner: incident.rule.owner,
      environment: world.clusters.get(incident.clusterId)?.environment ?? null,
    });

/** The silence that holds an incident back now. */
export const silenceOf = (
  world: Pick<AlertWorld, 'clusters' | 'silences'>,
  incident: AlertIncident,
): AlertSilence | null => world.silences.find(({ match }) => meaning(world, incident)(match)) ?? null;

/** The route that an incident goes by. */
export const routeOf = (
  world: Pick<AlertWorld, 'clusters' | 'routes'>,
  incident: AlertIncident,
): AlertRoute | null =>
  world.routes.find(({ isEnabled, match }) => isEnabled && meaning(world, incident)(match)) ?? null;

function groupKeyOf({ groupBy }: AlertRoute, incident: AlertIncident): string[] {
  switch (groupBy) {
    case 'incident':
      return [incident.id];
    case 'rule':
      return [incident.clusterId, incident.ruleId];
    case 'cluster':
      return [incident.clusterId];
    case 'route':
      return [];
  }
}

const at = (iso: string): number => Date.parse(iso);

function opening(
  route: AlertRoute,
  channel: Channel,
  open: readonly AlertIncident[],
  told: ToldIndex,
  now: number,
): DueNotice[] {
  const fresh = open.filter(
    (each) => each.acknowledgedAt === null && !told.has(each.id, channel.id, ['opened', 'escalated']),
  );
  if (fresh.length === 0) return [];
  const first = Math.min(...fresh.map(({ openedAt }) => at(openedAt)));
  if (first + route.groupWaitSeconds * second > now) return [];
  return noticesOf('opened', channel, fresh);
}

function repeating(
  route: AlertRoute,
  channel: Channel,
  open: readonly AlertIncident[],
  told: ToldIndex,
  now: number,
): DueNotice[] {
  if (route.repeatMinutes === 0) return [];
  const lastOf = (each: AlertIncident) => told.last(each.id, channel.id, ['opened', 'repeated', 'escalated']);
  // Each on its own time: in a group where something new is told all the while, nothing would ever be told again.
  const due = open.filter(
    (each) =>
      each.acknowledgedAt === null &&
      told.has(each.id, channel.id, ['opened']) &&
      lastOf(each) + route.repeatMinutes * minute <= now,
  );
  return noticesOf('repeated', channel, due, (first) => String(lastOf(first)));
}

function escalating(
  route: AlertRoute,
  channel: Channel,
  open: readonly AlertIncident[],
  told: ToldIndex,
  now: number,
): DueNotice[] {
  if (route.escalateMinutes === 0) return [];
  const late = open.filter((each) => {
    if (each.acknowledgedAt !== null || told.has(each.id, channel.id, ['escalated'])) return false;
    // Counted from when somebody was told; where nobody is before, from its beginning.
    const since = route.channels.length > 0 ? told.firstOpening(each.id) : at(each.openedAt);
    return since !== null && since + route.escalateMinutes * minute <= now;
  });
  return noticesOf('escalated', channel, late);
}

function ending(
  route: AlertRoute,
  channel: Channel,
  ended: readonly AlertIncident[],
  told: ToldIndex,
  now: number,
): DueNotice[] {
  const untold = ended.filter(
    (each) =>
      told.isReached(each.id, channel.id, ['opened', 'escalated']) &&
      !told.has(each.id, channel.id, ['resolved']),
  );
  if (untold.length === 0) return [];
  const first = Math.min(...untold.map(({ resolvedAt }) => at(resolvedAt!)));
  if (first + route.groupWaitSeconds * second > now) return [];
  return noticesOf('resolved', channel, untold);
}

/**
 * A key is made of the first incident that is told: a second notice that begins with the same one is the same. `timeOf` tells
 * apart what is said more than once of it.
 */
function noticesOf(
  kind: NoticeKind,
  channel: Channel,
  incidents: readonly AlertIncident[],
  timeOf: (first: AlertIncident) => string = () => '',
): DueNotice[] {
  const sorted = [...incidents].sort((a, b) => (a.id < b.id ? -1 : 1));
  return partsOf(sorted, tellsEach[channel.kind] ? maxToldIncidents : sorted.length).map((part) => ({
    dedupeKey: [kind, channel.id, part[0]!.id, timeOf(part[0]!)].filter((word) => word !== '').join(':'),
    channelId: channel.id,
    kind,
    incidentIds: part.map(({ id }) => id),
    incidents: part,
  }));
}

function partsOf<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < list.length; from += size) parts.push(list.slice(from, from + size));
  return parts;
}

/** What was told, found by incident. */
class ToldIndex {
  readonly #of = new Map<string, Told[]>();

  constructor(told: readonly Told[]) {
    for (const each of told) {
      const own = this.#of.get(each.incidentId);
      if (own) own.push(each);
      else this.#of.set(each.incidentId, [each]);
    }
  }

  #find(incidentId: string, channelId: string, kinds: readonly NoticeKind[]): Told[] {
    return (this.#of.get(incidentId) ?? []).filter(
      (each) => each.channelId === channelId && kinds.includes(each.kind),
    );
  }

  has(incidentId: string, channelId: string, kinds: readonly NoticeKind[]): boolean {
    return this.#find(incidentId, channelId, kinds).length > 0;
  }

  isReached(incidentId: string, channelId: string, kinds: readonly NoticeKind[]): boolean {
    return this.#find(incidentId, channelId, kinds).some((each) => each.isReached);
  }

  last(incidentId: string, channelId: string, kinds: readonly NoticeKind[]): number {
    return Math.max(...this.#find(incidentId, channelId, kinds).map(({ lastAt }) => lastAt));
  }

  /** When anybody was told first that it began; null when nobody was. */
  firstOpening(incidentId: string): number | null {
    const openings = (this.#of.get(incidentId) ?? []).filter(({ kind }) => kind === 'opened');
    return openings.length === 0 ? null : Math.min(...openings.map(({ firstAt }) => firstAt));
  }
}
