'use client';

import { Columns3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuCheck, MenuHeading, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { MAX_COLUMNS, splitFieldPaths } from '#lib/model/field-path.ts';
import type { MessageRow } from '#lib/model/message.ts';
import type { Problem } from '#lib/model/problem.ts';
import { pinColumnsAction } from '../actions.ts';
import { fieldPathsOf } from './field-paths.ts';
import type { ListFrame } from './result-list.tsx';

/**
 * Which fields of the records stand as columns of their own. The choice is in the address, so it goes with a link; a reader can keep it
 * for the topic.
 */
export function FieldsMenu({ rows, frame }: { rows: readonly MessageRow[]; frame: ListFrame }) {
  return (
    <Menu
      width={280}
      trigger={
        <Button size="sm">
          <Columns3 className="ic" aria-hidden="true" /> Columns
        </Button>
      }
    >
      <Fields rows={rows} frame={frame} />
    </Menu>
  );
}

/** Drawn while the menu is open: only then are the records looked through. */
function Fields({ rows, frame }: { rows: readonly MessageRow[]; frame: ListFrame }) {
  const { clusterId, topic, address, setAddress, pinnedColumns, setPinnedColumns } = frame;
  const [problem, setProblem] = useState<Problem | null>(null);
  const fields = useMemo(() => fieldPathsOf(rows), [rows]);
  const chosen = splitFieldPaths(address.columns);
  const pin = async (columns: string): Promise<boolean> => {
    const result = await pinColumnsAction({ clusterId, topic, columns });
    setProblem(result.ok ? null : result.problem);
    if (result.ok) setPinnedColumns(columns);
    return result.ok;
  };
  const onChange = async (next: string[]) => {
    // An address without columns shows those that are kept: to have none is to keep none.
    if (next.length === 0 && pinnedColumns !== '' && !(await pin(''))) return;
    setAddress({ ...address, columns: next.join(',') });
  };
  const offered = [...chosen, ...fields.filter((path) => !chosen.includes(path))];
  const isFull = chosen.length >= MAX_COLUMNS;
  return (
    <>
      <MenuHeading>
        {isFull ? `${MAX_COLUMNS} columns, no more fit` : 'Fields of these records as columns'}
      </MenuHeading>
      {offered.length === 0 ? (
        <p className="px-2.5 py-1 text-xs text-ink-3">
          None of these records is JSON or decoded by a schema.
        </p>
      ) : null}
      {offered.map((path) => {
        const isChecked = chosen.includes(path);
        return (
          <MenuCheck
            key={path}
            isChecked={isChecked}
            isDisabled={!isChecked && isFull}
            onChange={(isOn) =>
              void onChange(isOn ? [...chosen, path] : chosen.filter((each) => each !== path))
            }
          >
            <span className="name [overflow-wrap:anywhere]">{path}</span>
          </MenuCheck>
        );
      })}
      <MenuSeparator />
      <MenuCheck
        isChecked={chosen.length > 0 && address.columns === pinnedColumns}
        isDisabled={chosen.length === 0}
        onChange={(isOn) =>
          void pin(isOn ? address.columns : '').then((isDone) => {
            // What was kept goes on to stand here; it is in the address from now on.
            if (isDone && !isOn) setAddress({ ...address });
          })
        }
      >
        Keep these for this topic
      </MenuCheck>
      {problem ? (
        <p className="px-2.5 py-1 text-xs text-critical" role="alert">
          {problem.what} {problem.next}
        </p>
      ) : null}
      <MenuItem onSelect={() => void onChange([])} isDisabled={chosen.length === 0}>
        Reset columns
      </MenuItem>
    </>
  );
}
