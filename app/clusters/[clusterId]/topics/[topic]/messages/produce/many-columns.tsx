'use client';

import { Select } from '#components/ui/input.tsx';
import { type ColumnRole, columnRoles, type Table } from '#lib/model/record-table.ts';

const words: Record<ColumnRole, string> = {
  key: 'Key',
  value: 'Value',
  field: 'Field of the value',
  header: 'Header',
  partition: 'Partition',
  timestamp: 'Timestamp',
  skip: 'Left out',
};
const options = columnRoles.map((role) => ({ value: role, label: words[role] }));
/** Only one column can be these. */
const single: ReadonlySet<ColumnRole> = new Set(['key', 'value', 'partition', 'timestamp']);

/** What each column of the table is of a record. */
export function ManyColumns({
  table,
  roles,
  onRoles,
}: {
  table: Table;
  roles: readonly ColumnRole[];
  onRoles: (roles: ColumnRole[]) => void;
}) {
  const choose = (index: number, role: ColumnRole) =>
    onRoles(
      roles.map((each, at) => {
        if (at === index) return role;
        if (single.has(role) && each === role) return 'skip';
        // A value is either one column or made of several.
        if ((role === 'value' && each === 'field') || (role === 'field' && each === 'value')) return 'skip';
        return each;
      }),
    );
  return (
    <table className="w-full text-left">
      <caption className="mb-1 text-left text-xs text-ink-3">
        Columns. Cells that JSON reads as a number, true, false or null become that, empty ones null, all
        others text.
      </caption>
      <tbody>
        {table.names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place, names may repeat
          <tr key={index} className="border-t border-line">
            <th scope="row" className="name max-w-[200px] truncate py-1 pr-2 font-normal">
              {name || `Column ${index + 1}`}
            </th>
            <td className="w-[180px] py-1">
              <Select
                aria-label={`Column ${name || index + 1} is`}
                options={options}
                value={roles[index] ?? 'skip'}
                onChange={(event) => choose(index, event.target.value as ColumnRole)}
              />
            </td>
            <td className="max-w-[200px] truncate py-1 pl-2 font-mono text-xs text-ink-3">
              {table.rows[0]?.cells[index] ?? ''}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
