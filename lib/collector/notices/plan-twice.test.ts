import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertWorld, Told } from '#lib/gateways/database/alert-world.ts';
import { channelKinds } from '#lib/model/alert-channel.ts';
import type { AlertIncident } from '#lib/model/alert-incident.ts';
import { groupings, IncidentMatch } from '#lib/model/alert-route.ts';
import { sampleIncident, sampleRoute } from '#lib/testing/alert-incidents.ts';
import { type DueNotice, dueNotices } from './plan-notices.ts';

const minute = 60_000;
const iso = (minutes: number) => new Date(minutes * minute).toISOString();
const channelIds = ['a', 'b', 'c'];

const route = fc.record({
  isEnabled: fc.boolean(),
  groupBy: fc.constantFrom(...groupings),
  subjects: fc.constantFrom('*', 's1*', 's2*'),
  channels: fc.array(fc.constantFrom(...channelIds), { maxLength: 3 }),
  escalateTo: fc.array(fc.constantFrom(...channelIds), { maxLength: 2 }),
  groupWaitSeconds: fc.constantFrom(0, 5, 120),
  repeatMinutes: fc.constantFrom(0, 1, 7),
  escalateMinutes: fc.constantFrom(0, 1, 10),
  sendsResolved: fc.boolean(),
});
const life = fc.record({
  began: fc.integer({ min: 0, max: 30 }),
  seen: fc.integer({ min: 1, max: 60 }),
  lasted: fc.integer({ min: 1, max: 40 }),
});
const look = fc.record({
  minutes: fc.integer({ min: 0, max: 6 }),
  routes: fc.array(route, { maxLength: 3 }),
  speaking: fc.uniqueArray(fc.constantFrom(...channelIds)),
  isSilent: fc.boolean(),
  isReached: fc.boolean(),
});

/** What is known of incidents at a minute. */
function incidentsAt(
  lives: readonly { began: number; seen: number; lasted: number }[],
  now: number,
): AlertIncident[] {
  return lives.flatMap(({ began, seen, lasted }, i) =>
    began > now
      ? []
      : sampleIncident({
          id: `i${i}`,
          subject: `s${i}`,
          openedAt: iso(began),
          acknowledgedAt: began + seen <= now ? iso(began + seen) : null,
          resolvedAt: began + lasted <= now ? iso(began + lasted) : null,
        }),
  );
}

function writeDown(told: Told[], notices: readonly DueNotice[], now: number, isReached: boolean): void {
  for (const { incidentIds, channelId, kind } of notices)
    for (const incidentId of incidentIds) {
      const known = told.find(
        (one) => one.incidentId === incidentId && one.channelId === channelId && one.kind === kind,
      );
      if (known) known.lastAt = now;
      else told.push({ incidentId, channelId, kind, firstAt: now, lastAt: now, isReached });
    }
}

describe('F16: what was told is known', () => {
  it('a second look at the same has nothing to tell, and nothing is told twice in all that happens', () => {
    fc.assert(
      fc.property(
        fc.array(life, { maxLength: 45 }),
        fc.array(fc.constantFrom(...channelKinds), { minLength: 3, maxLength: 3 }),
        fc.array(look, { minLength: 1, maxLength: 12 }),
        (lives, kinds, looks) => {
          const told: Told[] = [];
          const keys = new Set<string>();
          const once = new Set<string>();
          let now = 0;
          for (const each of looks) {
            now += each.minutes;
            const world: AlertWorld = {
              now: now * minute,
              incidents: incidentsAt(lives, now),
              told,
              routes: each.routes.map(({ subjects, ...more }, i) =>
                sampleRoute({ ...more, id: `r${i}`, match: IncidentMatch.parse({ subjects }) }),
              ),
              silences: each.isSilent
                ? [
                    {
                      id: 's',
                      match: IncidentMatch.parse({ subjects: 's3*' }),
                      reason: 'Upgrade',
                      startsAt: iso(0),
                      endsAt: iso(1_000),
                      createdBy: 'u',
                      createdByName: 'Ana',
                    },
                  ]
                : [],
              channels: new Map(each.speaking.map((id) => [id, kinds[channelIds.indexOf(id)]!])),
              clusters: new Map(),
            };
            const { notices } = dueNotices(world);
            expect(dueNotices(world).notices).toEqual(notices);
            // The outbox takes a key once; a route that names a channel twice says the same twice.
            const fresh = new Map(notices.map((notice) => [notice.dedupeKey, notice]));
            for (const { dedupeKey, kind, channelId, incidentIds } of fresh.values()) {
              // A key that is taken would be dropped with all that only this notice tells.
              expect(keys).not.toContain(dedupeKey);
              keys.add(dedupeKey);
              if (kind === 'repeated') continue;
              for (const id of incidentIds) {
                expect(once).not.toContain(`${kind} ${channelId} ${id}`);
                once.add(`${kind} ${channelId} ${id}`);
              }
            }
            writeDown(told, notices, world.now, each.isReached);
            expect(dueNotices(world).notices).toEqual([]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
