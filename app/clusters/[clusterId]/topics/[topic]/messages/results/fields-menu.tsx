'use client';

import { Columns3 } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuCheck, MenuHeading, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { MAX_COLUMNS, splitFieldPaths } from '#lib/model/field-path.ts';
import type { MessageRow } from '#lib/model/message.ts';
import type { MessageAddress } from '../message-address.ts';
import { fieldPathsOf } from './field-paths.ts';

/** Which fields of the records stand as columns of their own. The choice is in the address, so it goes with a link. */
export function FieldsMenu({
  rows,
  address,
  setAddress,
}: {
  rows: readonly MessageRow[];
  address: MessageAddress;
  setAddress: (next: MessageAddress) => void;
}) {
  return (
    <Menu
      width={280}
      trigger={
        <Button size="sm">
          <Columns3 className="ic" aria-hidden="true" /> Columns
        </Button>
      }
    >
      <Fields rows={rows} address={address} setAddress={setAddress} />
    </Menu>
  );
}

/** Drawn while the menu is open: only then are the records looked through. */
function Fields({
  rows,
  address,
  setAddress,
}: {
  rows: readonly MessageRow[];
  address: MessageAddress;
  setAddress: (next: MessageAddress) => void;
}) {
  const fields = useMemo(() => fieldPathsOf(rows), [rows]);
  const chosen = splitFieldPaths(address.columns);
  const onChange = (next: string[]) => setAddress({ ...address, columns: next.join(',') });
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
            onChange={(isOn) => onChange(isOn ? [...chosen, path] : chosen.filter((each) => each !== path))}
          >
            <span className="name [overflow-wrap:anywhere]">{path}</span>
          </MenuCheck>
        );
      })}
      <MenuSeparator />
      <MenuItem onSelect={() => onChange([])} isDisabled={chosen.length === 0}>
        Reset columns
      </MenuItem>
    </>
  );
}
