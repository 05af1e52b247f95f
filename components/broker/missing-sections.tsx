'use client';

import { MissingNotice } from '#components/charts/missing-notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import type { ArrangedSections } from './arrange-sections.ts';

/** What is not drawn, and why, each reason once. */
export function MissingSections({
  clusterId,
  missing,
}: {
  clusterId: string;
  missing: ArrangedSections['missing'];
}) {
  return missing.map(({ why, kind, titles }) => (
    <Bank
      key={why}
      title={`${titles
        .join(', ')
        .toLowerCase()
        .replace(/^./, (first) => first.toUpperCase())}`}
    >
      <MissingNotice clusterId={clusterId} kind={kind} why={why} />
    </Bank>
  ));
}
