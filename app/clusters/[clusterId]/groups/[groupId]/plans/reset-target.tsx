'use client';

import { FieldFrame } from '#components/forms/fields.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useNow, useZone } from '#components/values/clock.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatWhen } from '#lib/format.ts';
import type { GroupListing } from '#lib/model/group.ts';
import type { GroupReset, ResetTargetKind } from '#lib/model/offset-reset.ts';
import { apiPath } from '#lib/paths.ts';
import type { ResetDraft } from './reset-draft.ts';

const kinds: readonly { value: ResetTargetKind; label: string }[] = [
  { value: 'start', label: 'Start' },
  { value: 'end', label: 'End' },
  { value: 'offset', label: 'Offset' },
  { value: 'time', label: 'Time' },
  { value: 'shift', label: 'Shift' },
  { value: 'ago', label: 'Ago' },
  { value: 'group', label: 'Another group' },
  { value: 'file', label: 'File' },
  { value: 'saved', label: 'Saved' },
];

type Props = {
  clusterId: string;
  groupId: string;
  draft: ResetDraft;
  onChange: (change: Partial<ResetDraft>) => void;
  resets: readonly GroupReset[];
  error?: string;
};

/** Where the positions are moved to. */
export function ResetTargetFields(props: Props) {
  const { draft, onChange } = props;
  return (
    <fieldset className="fld mt-3">
      <legend className="lb mb-1 font-medium">Move to</legend>
      <Segmented
        label="Move to"
        value={draft.kind}
        onChange={(kind) => onChange({ kind })}
        segments={kinds.filter(
          (kind) => kind.value !== 'saved' || props.resets.length > 0 || draft.kind === 'saved',
        )}
      />
      <div className="mt-2.5">
        <Field {...props} />
      </div>
    </fieldset>
  );
}

const help: Partial<Record<ResetTargetKind, string>> = {
  start: 'The oldest record that each log still holds: everything is read again.',
  end: 'The end of each log as it is now: all that waits is skipped.',
  offset: 'The same offset in each partition. Clamped to what the log still holds.',
  shift: 'Plus skips forward, minus reads again. Clamped to what the log still holds.',
  ago: 'The first record written since then; the end where there is none.',
};

function Field(props: Props) {
  const { draft, onChange, error } = props;
  const zone = useZone();
  const invalid = error ? true : undefined;
  switch (draft.kind) {
    case 'start':
    case 'end':
      return <p className="text-xs text-ink-3">{help[draft.kind]}</p>;
    case 'offset':
      return (
        <FieldFrame id="reset-offset" label="Offset" help={help.offset} error={error}>
          <Input
            id="reset-offset"
            isMono
            inputMode="numeric"
            value={draft.offset}
            aria-invalid={invalid}
            onChange={(event) => onChange({ offset: event.target.value })}
          />
        </FieldFrame>
      );
    case 'time':
      return (
        <FieldFrame
          id="reset-time"
          label="The first record at or after"
          help={`By the timestamp of the records, in ${zone}. The end where there is none.`}
          error={error}
        >
          <Input
            id="reset-time"
            type="datetime-local"
            step={1}
            boxClassName="w-[240px]"
            value={draft.time}
            aria-invalid={invalid}
            onChange={(event) => onChange({ time: event.target.value })}
          />
        </FieldFrame>
      );
    case 'shift':
      return (
        <FieldFrame id="reset-shift" label="By how many" help={help.shift} error={error}>
          <Input
            id="reset-shift"
            isMono
            boxClassName="w-[150px]"
            suffix="records"
            placeholder="+1"
            value={draft.shift}
            aria-invalid={invalid}
            onChange={(event) => onChange({ shift: event.target.value })}
          />
        </FieldFrame>
      );
    case 'ago':
      return (
        <FieldFrame id="reset-ago" label="How long ago" help={help.ago} error={error}>
          <span className="flex gap-2">
            <Input
              id="reset-ago"
              inputMode="numeric"
              boxClassName="w-[96px]"
              value={draft.ago}
              aria-invalid={invalid}
              onChange={(event) => onChange({ ago: event.target.value })}
            />
            <Select
              aria-label="Unit"
              boxClassName="w-[120px]"
              value={draft.agoUnit}
              onChange={(event) => onChange({ agoUnit: event.target.value as ResetDraft['agoUnit'] })}
              options={[
                { value: 'min', label: 'minutes' },
                { value: 'h', label: 'hours' },
                { value: 'd', label: 'days' },
              ]}
            />
          </span>
        </FieldFrame>
      );
    case 'group':
      return <OtherGroup {...props} />;
    case 'file':
      return <PositionsFile {...props} />;
    case 'saved':
      return <SavedPositions {...props} />;
  }
}

function OtherGroup({ clusterId, groupId, draft, onChange, error }: Props) {
  const found = useLiveQuery<GroupListing>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/groups', { clusterId, q: draft.groupId, pageSize: 20, sort: 'name' }),
  });
  return (
    <FieldFrame
      id="reset-group"
      label="Group whose positions are taken over"
      help="Partitions it never committed are left as they are."
      error={error}
    >
      <Input
        id="reset-group"
        isMono
        list="reset-groups"
        spellCheck={false}
        value={draft.groupId}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange({ groupId: event.target.value })}
      />
      <datalist id="reset-groups">
        {found.data?.rows
          .filter((row) => row.groupId !== groupId)
          .map((row) => (
            <option key={row.groupId} value={row.groupId} />
          ))}
      </datalist>
    </FieldFrame>
  );
}

const mostBytes = 700_000;

function PositionsFile({ draft, onChange, error }: Props) {
  const isLarge = draft.file !== null && draft.file.text.length > mostBytes;
  return (
    <FieldFrame
      id="reset-file"
      label="File of positions"
      help="CSV of lines topic,partition,offset, as kafka-consumer-groups writes and reads it, or JSON of the same."
      error={error ?? (isLarge ? 'A file of positions has at most 700 kB.' : undefined)}
    >
      <span className="flex items-center gap-3">
        <label className="btn">
          Choose a file
          <input
            id="reset-file"
            type="file"
            className="vh"
            accept=".csv,.json,text/csv,application/json,text/plain"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              if (file) onChange({ file: { name: file.name, text: await file.text() } });
            }}
          />
        </label>
        {draft.file ? <span className="name wrap-anywhere">{draft.file.name}</span> : null}
      </span>
    </FieldFrame>
  );
}

function SavedPositions({ draft, onChange, resets, error }: Props) {
  const zone = useZone();
  const now = useNow();
  return (
    <FieldFrame
      id="reset-saved"
      label="Positions before an earlier change"
      help="Partitions that change left alone keep their place."
      error={error}
    >
      <Select
        id="reset-saved"
        value={draft.resetId}
        onChange={(event) => onChange({ resetId: event.target.value })}
        options={[
          { value: '', label: 'Choose a change' },
          ...resets.map((reset) => ({
            value: reset.resetId,
            label: `${formatWhen(reset.takenAt, now, zone)}: ${reset.words}, by ${reset.takenBy}`,
          })),
        ]}
      />
    </FieldFrame>
  );
}
