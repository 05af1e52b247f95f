'use client';

import { useMemo } from 'react';
import { Tag } from '#components/ui/tag.tsx';
import type { MessageField } from '#lib/model/message.ts';
import { isShownInDigits, readableOf } from './field-bytes.ts';
import { type Marks, noMarks, type PreviewPiece, previewPieces } from './preview-pieces.ts';

/** A key or a value in one line, what matched first. Null, empty and bytes are said in words, so that none is mistaken for another. */
export function PreviewLine({
  field,
  side,
  absent,
  marks = noMarks,
}: {
  field: MessageField | null;
  side: 'key' | 'value' | 'headers';
  /** What null means here. */
  absent: string;
  marks?: Marks;
}) {
  const pieces = useMemo(
    () =>
      field === null || isShownInDigits(field) ? [] : previewPieces(field.text, field.format, side, marks),
    [field, side, marks],
  );
  if (field === null) return <span className="text-ink-3">{absent}</span>;
  if (field.sizeBytes === 0) return <span className="text-ink-3">Empty</span>;
  if (!isShownInDigits(field)) return <Pieces pieces={pieces} />;
  return (
    <>
      <Tag>{field.schema === null ? 'bytes' : `schema ${field.schema.id}`}</Tag>{' '}
      <span className="codeline text-ink-2">{readableOf(field) ?? field.text.slice(0, 400)}</span>
    </>
  );
}

/** Coloured pieces in one line; marked ones are underlined. */
export function Pieces({ pieces }: { pieces: readonly PreviewPiece[] }) {
  return (
    <span className="codeline">
      {grouped(pieces).map(({ isMarked, group }, place) => {
        const spans = group.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
          <span key={index} className={piece.kind}>
            {piece.text}
          </span>
        ));
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        return isMarked ? <mark key={place}>{spans}</mark> : <span key={place}>{spans}</span>;
      })}
    </span>
  );
}

/** Marked pieces that touch are one mark. */
function grouped(pieces: readonly PreviewPiece[]): { isMarked: boolean; group: PreviewPiece[] }[] {
  const groups: { isMarked: boolean; group: PreviewPiece[] }[] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last && last.isMarked === piece.isMarked) last.group.push(piece);
    else groups.push({ isMarked: piece.isMarked, group: [piece] });
  }
  return groups;
}
