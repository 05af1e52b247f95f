import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { formatCount } from '#lib/format.ts';
import type { ProducedMessage } from '#lib/model/message-draft.ts';

/** Where the record is now, with the way to it. */
export function WrittenNotice({
  done,
  onOpen,
  onAnother,
}: {
  done: ProducedMessage;
  onOpen: (place: { partition: number; offset: string }) => void;
  onAnother: () => void;
}) {
  const { partition, offset } = done;
  return (
    <Notice
      tone="good"
      isAnnounced
      className="mb-4"
      title={
        offset === null
          ? `Written to partition ${partition}.`
          : `Written to partition ${partition}, offset ${formatCount(offset)}.`
      }
      end={
        <span className="flex gap-2">
          {offset === null ? null : (
            <Button size="sm" onClick={() => onOpen({ partition, offset })}>
              Open record
            </Button>
          )}
          <Button size="sm" onClick={onAnother}>
            Produce another
          </Button>
        </span>
      }
    >
      {offset === null ? 'The broker did not say at which offset.' : null}
    </Notice>
  );
}
