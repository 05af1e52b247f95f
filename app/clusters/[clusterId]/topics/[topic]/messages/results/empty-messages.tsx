'use client';

import { Empty } from '#components/feedback/faces.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { MessagePage } from '#lib/model/message.ts';
import type { MessageAddress } from '../message-address.ts';

/** Why there is no record to show, and the first step from here. */
export function EmptyMessages({
  page,
  address,
  onNewest,
  onUncommitted,
  onProduce,
}: {
  page: MessagePage;
  address: MessageAddress;
  onNewest: () => void;
  onUncommitted: () => void;
  onProduce: (() => void) | null;
}) {
  const toNewest = <Button onClick={onNewest}>Read the newest</Button>;
  if (page.outcome === 'budget' || page.outcome === 'cancelled') {
    return (
      <Empty title="No record found so far">
        The budget of one page was spent on records that are not shown. Continue, or choose another place to
        read from.
      </Empty>
    );
  }
  if (page.outcome === 'partial') {
    return (
      <Empty title="No record in the partitions that answer">
        The line above names those that do not. Read again when they are back.
      </Empty>
    );
  }
  if (page.unreadable.length > 0) {
    return (
      <Empty title="No record that can be read">
        The lines above say which offsets hold what cannot be read, and why.
      </Empty>
    );
  }
  if (page.read.abortedRecords > 0) {
    return (
      <Empty
        title="Only records of aborted transactions"
        actions={<Button onClick={onUncommitted}>Show them too</Button>}
      >
        {formatCountOf(page.read.abortedRecords, 'record was', 'records were')} written and taken back.
        Consumers that read committed records never see them.
      </Empty>
    );
  }
  if (address.page) {
    return (
      <Empty title="No more records" actions={toNewest}>
        The pages before this one held all there was.
      </Empty>
    );
  }
  if (address.from || address.to) {
    return (
      <Empty title="No record in this range" actions={toNewest}>
        {address.partitions
          ? 'The chosen partitions hold none between its ends.'
          : 'No partition holds one between its ends.'}
      </Empty>
    );
  }
  return (
    <Empty
      title={address.partitions ? 'No record in these partitions' : 'No record in this topic'}
      actions={
        onProduce ? (
          <Button variant="primary" onClick={onProduce}>
            Produce a record
          </Button>
        ) : undefined
      }
    >
      Nothing has been written, or retention or a deletion removed what was.
    </Empty>
  );
}
