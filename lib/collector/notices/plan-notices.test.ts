import { describe, expect, it } from 'vitest';
import type { AlertWorld, Told } from '#lib/gateways/database/alert-world.ts';
import type { AlertIncident } from '#lib/model/alert-incident.ts';
import { IncidentMatch } from '#lib/model/alert-route.ts';
import { sampleIncident, sampleRoute } from '#lib/testing/alert-incidents.ts';
import { dueNotices } from './plan-notices.ts';

const second = 1_000;
const minute = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();
const incident = (id: string, more: Partial<AlertIncident> = {}) =>
  sampleIncident({ id, subject: id, ...more });

/** The world, in which what was planned is written down as the outbox does it. */
class World {
  now = 0;
  incidents: AlertIncident[] = [];
  routes = [sampleRoute()];
  silences: AlertWorld['silences'] = [];
  channels: AlertWorld['channels'] = new Map([
    ['mail', 'email'],
    ['pager', 'webhook'],
  ]);
  readonly clusters: AlertWorld['clusters'] = new Map([['eu', { name: 'EU', environment: 'production' }]]);
  readonly told: Told[] = [];
  readonly #keys = new Set<string>();

  /** Kind, channel and incidents of what is told now. */
  tell(isReached = true): string[] {
    const { notices } = this.plan();
    const fresh = notices.filter(({ dedupeKey }) => !this.#keys.has(dedupeKey));
    for (const { dedupeKey, kind, channelId, incidentIds } of fresh) {
      this.#keys.add(dedupeKey);
      for (const incidentId of incidentIds) {
        const known = this.told.find(
          (one) => one.incidentId === incidentId && one.channelId === channelId && one.kind === kind,
        );
        if (known) known.lastAt = this.now;
        else this.told.push({ incidentId, channelId, kind, firstAt: this.now, lastAt: this.now, isReached });
      }
    }
    return fresh.map(({ kind, channelId, incidentIds }) => `${kind} ${channelId} ${incidentIds.join('+')}`);
  }

  plan() {
    return dueNotices(this);
  }
}

describe('what has to be told', () => {
  it('is told once, with all that opened within the group wait', () => {
    const world = new World();
    world.incidents = [incident('a'), incident('b', { openedAt: iso(3 * second) })];
    world.now = 4 * second;
    expect(world.tell()).toEqual([]);
    world.now = 5 * second;
    expect(world.tell()).toEqual(['opened mail a+b']);
    expect(world.tell()).toEqual([]);
    world.incidents.push(incident('c', { openedAt: iso(10 * second) }));
    world.now = 15 * second;
    expect(world.tell()).toEqual(['opened mail c']);
  });

  it('goes by the first route that fits, and by no route when none does', () => {
    const world = new World();
    world.routes = [
      sampleRoute({ id: 'off', isEnabled: false, channels: ['pager'] }),
      sampleRoute({ id: 'x', match: IncidentMatch.parse({ severities: ['warning'] }), channels: ['pager'] }),
      sampleRoute({
        id: 'y',
        match: IncidentMatch.parse({ subjects: 'a*, b', environments: ['production'] }),
      }),
    ];
    world.incidents = ['a1', 'b', 'c'].map((id) => incident(id));
    world.now = minute;
    expect(world.tell()).toEqual(['opened mail a1+b']);
  });

  it('is put together as the route says', () => {
    const told = (groupBy: 'incident' | 'rule' | 'cluster' | 'route') => {
      const world = new World();
      world.routes = [sampleRoute({ groupBy, groupWaitSeconds: 0 })];
      world.incidents = [
        incident('a'),
        incident('b', { ruleId: 'r2' }),
        incident('c', { clusterId: 'us', ruleId: 'r2' }),
      ];
      return world.tell();
    };
    expect(told('incident')).toEqual(['opened mail a', 'opened mail b', 'opened mail c']);
    expect(told('rule')).toEqual(['opened mail a', 'opened mail b', 'opened mail c']);
    expect(told('cluster')).toEqual(['opened mail a+b', 'opened mail c']);
    expect(told('route')).toEqual(['opened mail a+b+c']);
  });

  it.each(['pagerduty', 'opsgenie'] as const)('reaches %s in parts, which hold all of it', (kind) => {
    const world = new World();
    world.channels.set('mail', kind);
    world.routes = [sampleRoute({ escalateMinutes: 15, escalateTo: ['pager'], repeatMinutes: 30 })];
    const ids = Array.from({ length: 45 }, (_, i) => `i${String(i).padStart(2, '0')}`);
    world.incidents = ids.map((id) => incident(id));
    const parts = (first: string) => [
      `${first} ${ids.slice(0, 20).join('+')}`,
      `${first} ${ids.slice(20, 40).join('+')}`,
      `${first} ${ids.slice(40).join('+')}`,
    ];
    world.now = 5 * second;
    expect(world.tell()).toEqual(parts('opened mail'));
    expect(world.tell()).toEqual([]);
    world.now += 15 * minute;
    expect(world.tell()).toEqual([`escalated pager ${ids.join('+')}`]);
    world.now += 15 * minute;
    expect(world.tell()).toEqual(parts('repeated mail'));
    world.incidents = ids.map((id) => incident(id, { resolvedAt: iso(world.now) }));
    world.now += 5 * second;
    const ends = world.tell();
    expect(ends).toEqual([...parts('resolved mail'), `resolved pager ${ids.join('+')}`]);
    expect(world.tell()).toEqual([]);
  });

  it('is repeated while nobody has acknowledged it', () => {
    const world = new World();
    world.incidents = [incident('a')];
    world.now = 5 * second;
    world.tell();
    world.now += 60 * minute - 1;
    expect(world.tell()).toEqual([]);
    world.now += 1;
    expect(world.tell()).toEqual(['repeated mail a']);
    expect(world.tell()).toEqual([]);
    world.incidents = [incident('a', { acknowledgedAt: iso(world.now) })];
    world.now += 120 * minute;
    expect(world.tell()).toEqual([]);
  });

  it('is repeated on its own time, however much is new around it', () => {
    const world = new World();
    world.incidents = [incident('a')];
    world.now = 5 * second;
    world.tell();
    world.now = 30 * minute;
    world.incidents.push(incident('b', { openedAt: iso(world.now - 5 * second) }));
    expect(world.tell()).toEqual(['opened mail b']);
    world.now = 60 * minute + 5 * second;
    expect(world.tell()).toEqual(['repeated mail a']);
    world.now = 90 * minute;
    expect(world.tell()).toEqual(['repeated mail b']);
    world.now = 120 * minute + 5 * second;
    expect(world.tell()).toEqual(['repeated mail a']);
  });

  it('goes to others when nobody has acknowledged it in time, once', () => {
    const world = new World();
    world.routes = [sampleRoute({ escalateMinutes: 15, escalateTo: ['pager'], repeatMinutes: 0 })];
    world.incidents = [incident('a')];
    world.now = 5 * second;
    expect(world.tell()).toEqual(['opened mail a']);
    world.now += 15 * minute;
    expect(world.tell()).toEqual(['escalated pager a']);
    world.now += 15 * minute;
    expect(world.tell()).toEqual([]);
  });

  it('ends where it was told that it began, and nowhere else', () => {
    const world = new World();
    world.routes = [sampleRoute({ escalateMinutes: 15, escalateTo: ['pager'] })];
    world.incidents = [incident('a'), incident('b')];
    world.now = 5 * second;
    world.tell();
    world.incidents = [
      incident('a', { resolvedAt: iso(10 * second) }),
      incident('b', { resolvedAt: iso(11 * second) }),
      incident('short', { openedAt: iso(9 * second), resolvedAt: iso(10 * second) }),
    ];
    world.now = 14 * second;
    expect(world.tell()).toEqual([]);
    world.now = 15 * second;
    expect(world.tell()).toEqual(['resolved mail a+b']);
    expect(world.tell()).toEqual([]);
  });

  it('ends where it was told that it began when no route fits it any more', () => {
    const gone: ((world: World) => void)[] = [
      (world) => {
        world.routes = [];
      },
      (world) => {
        world.routes = [sampleRoute({ isEnabled: false })];
      },
      (world) => {
        world.routes = [sampleRoute({ match: IncidentMatch.parse({ subjects: 'other' }) })];
      },
      (world) => {
        world.clusters.clear();
      },
    ];
    for (const lose of gone) {
      const world = new World();
      world.routes = [sampleRoute({ match: IncidentMatch.parse({ environments: ['production'] }) })];
      world.incidents = [incident('a'), incident('b')];
      world.now = 5 * second;
      expect(world.tell()).toEqual(['opened mail a+b']);
      lose(world);
      world.now = 10 * second;
      world.incidents = [incident('a', { resolvedAt: iso(world.now) }), incident('b')];
      expect(world.tell()).toEqual(['resolved mail a']);
      expect(world.tell()).toEqual([]);
    }
  });

  it('does not end where its beginning never arrived, nor where ends are not wanted', () => {
    const failed = new World();
    failed.incidents = [incident('a')];
    failed.now = 5 * second;
    failed.tell(false);
    failed.incidents = [incident('a', { resolvedAt: iso(6 * second) })];
    failed.now = minute;
    expect(failed.tell()).toEqual([]);
    const unwanted = new World();
    unwanted.routes = [sampleRoute({ sendsResolved: false })];
    unwanted.incidents = [incident('a')];
    unwanted.now = 5 * second;
    unwanted.tell();
    unwanted.incidents = [incident('a', { resolvedAt: iso(6 * second) })];
    unwanted.now = minute;
    expect(unwanted.tell()).toEqual([]);
  });

  it('is held back by a silence, and told when that has ended', () => {
    const world = new World();
    world.incidents = [incident('a'), incident('b')];
    world.silences = [
      {
        id: 's',
        match: IncidentMatch.parse({ subjects: 'a' }),
        reason: 'Upgrade',
        startsAt: iso(0),
        endsAt: iso(minute),
        createdBy: 'u',
        createdByName: 'Ana',
      },
    ];
    world.now = 5 * second;
    expect(world.plan().silenced).toMatchObject([{ incidentId: 'a', silence: { id: 's' } }]);
    expect(world.tell()).toEqual(['opened mail b']);
    world.silences = [];
    world.now = minute;
    expect(world.tell()).toEqual(['opened mail a']);
  });

  it('waits for a channel that is switched off', () => {
    const world = new World();
    world.channels.clear();
    world.incidents = [incident('a')];
    world.now = minute;
    expect(world.tell()).toEqual([]);
    world.channels.set('mail', 'email');
    expect(world.tell()).toEqual(['opened mail a']);
  });
});
