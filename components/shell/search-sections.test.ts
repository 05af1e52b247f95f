import { describe, expect, it } from 'vitest';
import type { SearchAnswer } from '#lib/model/search.ts';
import { splitHit } from './palette-items.ts';
import { sectionsOf } from './search-sections.ts';

const row = (more: Partial<SearchAnswer['rows'][number]>): SearchAnswer['rows'][number] => ({
  noun: 'topic',
  clusterId: 'eu',
  environment: 'production',
  name: 'shipments.v1',
  note: '',
  state: 'ok',
  stateWords: 'In sync',
  href: '/',
  ...more,
});

describe('what the palette shows', () => {
  it('puts trouble first, then objects here, then elsewhere', () => {
    const sections = sectionsOf(
      {
        rows: [
          row({}),
          row({ clusterId: 'st', name: 'shipments.v2', environment: 'staging' }),
          row({ noun: 'group', name: 'shipment-planner', state: 'critical', stateWords: 'stalled' }),
          row({ noun: 'broker', name: '3' }),
        ],
      },
      'eu',
    );
    expect(sections.map((section) => [section.title, section.items.map((item) => item.name)])).toEqual([
      ['Needs you', ['shipment-planner']],
      ['Topics', ['shipments.v1']],
      ['Brokers', ['3']],
      ['Elsewhere', ['shipments.v2']],
    ]);
    expect(sections[0]?.items[0]?.state).toEqual({ mark: 'critical', words: 'stalled' });
    expect(sections[3]?.items[0]?.environment).toBe('staging');
    expect(sections[1]?.items[0]?.environment).toBeUndefined();
  });
  it('lights what was asked for', () => {
    expect(splitHit('eu.Shipments', 'ship')).toEqual(['eu.', 'Ship', 'ments']);
    expect(splitHit('orders', 'ship')).toEqual(['orders', '', '']);
  });
});
