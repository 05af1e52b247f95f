import { Bone } from '#components/ui/skeleton.tsx';
import type { Column } from './column.ts';
import { cellClass } from './table-head.tsx';

const widths = ['62%', '48%', '74%', '55%', '68%', '40%'];

/** Grey bars in the columns that will come. */
export function TableBones<Row>({
  columns,
  rows = 8,
  hasPick,
  hasMenu,
}: {
  columns: readonly Column<Row>[];
  rows?: number;
  hasPick: boolean;
  hasMenu: boolean;
}) {
  return (
    <tbody className="late" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bones are all alike
        <tr key={row}>
          {hasPick ? <td className="pickcol" /> : null}
          {columns.map((column, index) => (
            <td key={column.id} className={cellClass(column, index) || undefined}>
              <Bone
                width={
                  index === 0 ? 120 + ((row * 37) % 90) : (widths[(row + index) % widths.length] ?? '50%')
                }
              />
            </td>
          ))}
          {hasMenu ? <td className="morecol" /> : null}
        </tr>
      ))}
    </tbody>
  );
}
