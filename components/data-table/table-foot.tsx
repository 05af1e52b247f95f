'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { KeyHint } from '#components/ui/kbd.tsx';
import { formatCount } from '#lib/format.ts';
import { pageRange } from './column.ts';

export type Paging = { page: number; pageSize: number; total: number; onPage: (page: number) => void };

/** `1–50 of 214`, one page back and forth, and which keys work here. */
export function TableFoot({
  paging,
  note,
  canSelect,
  canOpen,
}: {
  paging: Paging;
  note?: ReactNode;
  canSelect: boolean;
  canOpen: boolean;
}) {
  const { from, to, pages } = pageRange(paging.page, paging.pageSize, paging.total);
  return (
    <div className="foot">
      <span role="status">
        {formatCount(from)}–{formatCount(to)} of {formatCount(paging.total)}
      </span>
      {pages > 1 ? (
        // biome-ignore lint/a11y/useSemanticElements: two buttons in a row are no fieldset
        <span className="seg" role="group" aria-label="Pages">
          <button
            type="button"
            aria-label="Previous page"
            disabled={paging.page <= 1}
            onClick={() => paging.onPage(paging.page - 1)}
          >
            <ChevronLeft className="ic" aria-hidden="true" />
          </button>
          <button
            type="button"
            aria-label="Next page"
            disabled={paging.page >= pages}
            onClick={() => paging.onPage(paging.page + 1)}
          >
            <ChevronRight className="ic" aria-hidden="true" />
          </button>
        </span>
      ) : null}
      {pages > 1 ? (
        <span>
          Page {formatCount(paging.page)} of {formatCount(pages)}
        </span>
      ) : null}
      {note ? <span>{note}</span> : null}
      <span className="aside keys" aria-hidden="true">
        <KeyHint keys={['j', 'k']}>move</KeyHint>
        {canSelect ? <KeyHint keys={['x']}>select</KeyHint> : null}
        {canOpen ? <KeyHint keys={['Enter']}>open</KeyHint> : null}
      </span>
    </div>
  );
}
