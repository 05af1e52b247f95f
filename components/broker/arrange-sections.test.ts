import { describe, expect, it } from 'vitest';
import { arrangeSections } from './arrange-sections.ts';
import { brokerSections } from './broker-sections.ts';

describe('sections of broker metrics', () => {
  it('says a reason once for all sections that share it', () => {
    const why = 'Needs a metrics endpoint.';
    const { drawn, missing } = arrangeSections(brokerSections, (kind) =>
      kind === 'broker.leaders' ? null : why,
    );
    expect(drawn).toMatchObject([{ title: 'What it leads', kinds: ['broker.leaders'] }]);
    expect(missing).toHaveLength(1);
    expect(missing[0]?.titles).toHaveLength(brokerSections.length - 1);
  });
  it('draws all when nothing is missing', () => {
    expect(arrangeSections(brokerSections, () => null)).toEqual({ drawn: brokerSections, missing: [] });
  });
});
