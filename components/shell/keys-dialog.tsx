'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Switch } from '#components/ui/choice.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { areSingleKeysOn, listKeys, setSingleKeys } from './keys.ts';

const names: Record<string, string> = {
  'mod+k': '⌘K',
  'mod+Enter': '⌘↵',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
};

function Keys({ keys }: { keys: string }) {
  const parts = names[keys] ? [names[keys]] : keys.split(' ');
  return (
    <span className="flex gap-1">
      {parts.map((part) => (
        <Kbd key={part}>{part}</Kbd>
      ))}
    </span>
  );
}

/** All keys that work on this page, and the switch that turns single keys off. */
export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [isOn, setOn] = useState(areSingleKeysOn);
  const shown = listKeys().filter((binding) => binding.keys !== 'ArrowDown' && binding.keys !== 'ArrowUp');
  const sections = [...new Set(shown.map((binding) => binding.section))];
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Keys"
      isWide
      footer={<Button onClick={onClose}>Close keys</Button>}
    >
      <div className="grid gap-x-8 tablet:grid-cols-2">
        {sections.map((section) => (
          <section key={section} className="mt-3 min-w-0">
            <h3 className="border-b border-line-strong pb-1 font-semibold">{section}</h3>
            <dl>
              {shown
                .filter((binding) => binding.section === section)
                .map((binding) => (
                  <div
                    key={binding.keys}
                    className="flex h-7 items-center justify-between gap-4 border-b border-line"
                  >
                    <dt>{binding.label}</dt>
                    <dd>
                      <Keys keys={binding.keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        className="mt-4"
        label="Single keys"
        help="Off: only keys with ⌘ or Ctrl work. Good with speech input."
        checked={isOn}
        onChange={(event) => {
          setSingleKeys(event.target.checked);
          setOn(event.target.checked);
        }}
      />
    </Dialog>
  );
}
