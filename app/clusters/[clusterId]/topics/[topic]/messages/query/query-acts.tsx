'use client';

import { Download, Ellipsis, Link2, Radio } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { type MessageAddress, viewLink } from '../message-address.ts';
import type { QueryRights } from './query-rights.ts';
import { SavedSearches } from './saved-searches.tsx';

const ExportDialog = dynamic(() => import('./export-dialog.tsx').then((module) => module.ExportDialog), {
  ssr: false,
});

/** What can be done with the whole of what the bar says. */
export function QueryActs({
  clusterId,
  topic,
  address,
  rights,
  isTailing,
  onTail,
  onOpen,
}: {
  clusterId: string;
  topic: string;
  address: MessageAddress;
  rights: QueryRights;
  isTailing: boolean;
  onTail: ((isTailing: boolean) => void) | undefined;
  onOpen: (address: MessageAddress) => void;
}) {
  const [isExporting, setExporting] = useState(false);
  const copy = async () => {
    const link = `${window.location.origin}${viewLink(clusterId, topic, address, isTailing)}`;
    await navigator.clipboard?.writeText(link);
    showToast({
      title: 'Link to this search copied.',
      children: 'Who opens it needs the right to read messages.',
    });
  };
  return (
    <>
      <SavedSearches
        clusterId={clusterId}
        topic={topic}
        address={address}
        refusal={rights.save}
        onOpen={onOpen}
      />
      <span className="contents max-wide:hidden">
        <Button size="sm" onClick={() => void copy()}>
          <Link2 className="ic" aria-hidden="true" /> Copy link
        </Button>
        {rights.export === null ? (
          <Button size="sm" onClick={() => setExporting(true)}>
            <Download className="ic" aria-hidden="true" /> Export
          </Button>
        ) : (
          <RefusedExport reason={rights.export} />
        )}
      </span>
      {onTail ? (
        <Button size="sm" aria-pressed={isTailing} onClick={() => onTail(!isTailing)}>
          <Radio className="ic" aria-hidden="true" /> {isTailing ? 'End tail' : 'Tail'}
        </Button>
      ) : null}
      <span className="contents wide:hidden">
        <Menu
          trigger={
            <IconButton label="More for this search" size="sm">
              <Ellipsis className="ic" aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => void copy()}>Copy link</MenuItem>
          <MenuItem
            onSelect={() => setExporting(true)}
            isDisabled={rights.export !== null}
            {...(rights.export === null ? {} : { reason: rights.export })}
          >
            Export what is found
          </MenuItem>
        </Menu>
      </span>
      {isExporting ? (
        <ExportDialog
          clusterId={clusterId}
          topic={topic}
          address={address}
          onClose={() => setExporting(false)}
        />
      ) : null}
    </>
  );
}

/** The button stays where it is looked for, and says why it does nothing. */
function RefusedExport({ reason }: { reason: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Why you may not export"
      align="end"
      isOpen={isOpen}
      onOpen={setOpen}
      trigger={
        <Button size="sm">
          <Download className="ic" aria-hidden="true" /> Export
        </Button>
      }
    >
      <p className="part text-xs text-ink-2">{reason}</p>
    </Popover>
  );
}
