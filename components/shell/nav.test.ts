import { describe, expect, it } from 'vitest';
import { currentHref, navOf } from './nav.ts';

describe('the rail', () => {
  const sections = navOf('eu', {}, { audit: true });
  it('marks the page that is open, and the list of an object that is open', () => {
    expect(currentHref(sections, '/clusters/eu')).toBe('/clusters/eu');
    expect(currentHref(sections, '/clusters/eu/topics')).toBe('/clusters/eu/topics');
    expect(currentHref(sections, '/clusters/eu/topics/orders.v1/config')).toBe('/clusters/eu/topics');
    expect(currentHref(sections, '/')).toBe('/');
    expect(currentHref(sections, '/settings/tokens')).toBe('/settings');
    expect(currentHref(sections, '/elsewhere')).toBeNull();
  });
  it('shows no cluster pages without a cluster, and no audit to those who may not read it', () => {
    const labels = (clusterId: string | null, audit: boolean) =>
      navOf(clusterId, {}, { audit }).flatMap((section) => section.items.map((item) => item.label));
    expect(labels(null, false)).toEqual(['Fleet', 'Alerts', 'Boards', 'Settings']);
    expect(labels('eu', true)).toEqual([
      'Overview',
      'Brokers',
      'Topics',
      'Groups',
      'Metrics',
      'Fleet',
      'Alerts',
      'Boards',
      'Audit',
      'Settings',
    ]);
  });
});
