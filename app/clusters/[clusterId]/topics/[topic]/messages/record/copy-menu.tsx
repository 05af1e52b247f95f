'use client';

import { Copy } from 'lucide-react';
import { base64OfField, isExactText, isMasked } from '#components/message/field-bytes.ts';
import { recordJson } from '#components/message/record-json.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';
import { messageUrl, type Place } from '../message-address.ts';
import { curlOf, kcatOf } from './copy-texts.ts';

/** Puts a text where it can be pasted from, and says so; a browser that refuses is named too. */
export const copyText = (title: string, text: string): void => {
  const write = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
  write.then(
    () => showToast({ title }),
    () => showToast({ title: 'The browser refused to copy.' }),
  );
};

/** A field as its text where that is what it says, else its bytes as base64. */
export const copiedText = (field: MessageField): string =>
  isExactText(field) || isMasked(field) || (field.format === 'json' && field.schema !== null)
    ? field.text
    : base64OfField(field);

/** A record to take away: its value, itself as JSON, or the command that reads it again. */
export function CopyMenu({
  clusterId,
  topic,
  place,
  record,
}: {
  clusterId: string;
  topic: string;
  place: Place;
  record: MessageDetail;
}) {
  const { value, key } = record;
  return (
    <Menu
      trigger={
        <Button size="sm">
          <Copy className="ic" aria-hidden="true" /> Copy
        </Button>
      }
    >
      <MenuItem
        shortcut="y"
        isDisabled={value === null}
        reason={value === null ? 'The value is null.' : undefined}
        onSelect={() => value && copyText('Value copied.', copiedText(value))}
      >
        Value
      </MenuItem>
      <MenuItem
        isDisabled={key === null}
        reason={key === null ? 'The record has no key.' : undefined}
        onSelect={() => key && copyText('Key copied.', copiedText(key))}
      >
        Key
      </MenuItem>
      <MenuItem onSelect={() => copyText('Record copied.', recordJson(topic, record))}>
        Record as JSON
      </MenuItem>
      <MenuItem onSelect={() => copyText('Command copied.', kcatOf(topic, place.partition, place.offset))}>
        As a kcat command
      </MenuItem>
      <MenuItem
        onSelect={() =>
          copyText(
            'Command copied.',
            curlOf(new URL(messageUrl(clusterId, topic, place), window.location.origin).href),
          )
        }
      >
        As a curl command
      </MenuItem>
    </Menu>
  );
}
