'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import type { MessageAddress } from '../message-address.ts';
import { ConditionPanel } from './condition-panel.tsx';
import { type Condition, conditionsOf, withoutCondition } from './conditions.ts';

const keyOf = ({ kind, line }: Condition) => `${kind}.${line}`;

/** The conditions on undecoded bytes, each of which can be changed and taken away. */
export function ConditionsRow({
  address,
  onChange,
}: {
  address: MessageAddress;
  onChange: (address: MessageAddress) => void;
}) {
  const [open, setOpen] = useState<string | null>(null);
  const conditions = conditionsOf(address);
  const done = (next: MessageAddress) => {
    setOpen(null);
    onChange(next);
  };
  return (
    <ul className="contents">
      {conditions.map((condition) => (
        <li
          key={keyOf(condition)}
          className="inline-flex min-w-0 items-center rounded-sm bg-sunken text-xs leading-6"
        >
          <Popover
            label={`Change the condition: ${condition.lead} ${condition.value}`}
            isOpen={open === keyOf(condition)}
            onOpen={(isOpen) => setOpen(isOpen ? keyOf(condition) : null)}
            trigger={
              <button
                type="button"
                className="flex h-6 min-w-0 items-center gap-1 rounded-sm pl-2 hover:underline"
              >
                <span className="flex-none text-ink-2">{condition.lead}</span>
                {condition.value ? (
                  <span className="name max-w-[220px] truncate">{condition.value}</span>
                ) : null}
              </button>
            }
          >
            <ConditionPanel address={address} changed={condition} onDone={done} />
          </Popover>
          <button
            type="button"
            className="flex size-6 flex-none items-center justify-center rounded-sm text-ink-3 hover:text-ink"
            aria-label={`Remove: ${condition.lead} ${condition.value}`.trim()}
            onClick={() => onChange(withoutCondition(address, condition))}
          >
            <X className="ic" aria-hidden="true" />
          </button>
        </li>
      ))}
      <li className="inline-flex">
        <Popover
          label="Add a condition"
          isOpen={open === 'new'}
          onOpen={(isOpen) => setOpen(isOpen ? 'new' : null)}
          trigger={
            <Button size="sm" variant="bare">
              <Plus className="ic" aria-hidden="true" /> Add condition
            </Button>
          }
        >
          <ConditionPanel address={address} changed={null} onDone={done} />
        </Popover>
      </li>
    </ul>
  );
}
