'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { TopicSerdes } from '#lib/model/serde-choice.ts';
import { apiPath } from '#lib/paths.ts';
import { decodeWords, type SerdeTexts } from './decode-words.ts';
import { Cell, CellButton } from './query-cell.tsx';
import { SerdeField } from './serde-field.tsx';

const OverrideDialog = dynamic(
  () => import('./override-dialog.tsx').then((module) => module.OverrideDialog),
  { ssr: false },
);

/** How keys and values are read: for this view here, for everyone in the dialog behind it. */
export function DecodeCell({
  clusterId,
  topic,
  environment,
  view,
  error,
  refusal,
  onPick,
  onOverridden,
}: {
  clusterId: string;
  topic: string;
  environment: EnvironmentName;
  view: SerdeTexts;
  error: string | undefined;
  /** Null, or why the one who looks may not choose for everyone. */
  refusal: string | null;
  onPick: (next: SerdeTexts) => void;
  /** What is shown has to be read again. */
  onOverridden: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [isOverriding, setOverriding] = useState(false);
  const kept = useLiveQuery<TopicSerdes & { hasRegistry: boolean }>({
    clusterId: null,
    url: apiPath('/clusters/[clusterId]/topics/[topic]/serdes', { clusterId, topic }),
    everyMs: false,
  });
  const ofTopic = { key: kept.data?.keySerde ?? '', value: kept.data?.valueSerde ?? '' };
  const hasOverride = ofTopic.key !== '' || ofTopic.value !== '';
  const words = decodeWords(view, ofTopic);
  const isForced = view.key !== '' || view.value !== '';
  const unset = (side: keyof SerdeTexts) =>
    ofTopic[side] ? `As for everyone: ${decodeWords({ key: '', value: ofTopic[side] }, null)}` : 'Not forced';
  return (
    <Cell label="Decode" error={error}>
      {(id) => (
        <>
          <Popover
            label="How records are decoded"
            isOpen={isOpen}
            onOpen={setOpen}
            width={320}
            trigger={
              <CellButton
                id={id}
                name={`Decode: ${words}`}
                words={words}
                note={isForced ? 'forced here' : hasOverride ? 'for everyone' : null}
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? `${id}-error` : undefined}
              />
            }
          >
            <div className="grid gap-2.5 p-2">
              <p className="text-xs text-ink-3">
                Forced here, it holds for this view and its link. What is found by itself tells the reason at
                each record.
              </p>
              <SerdeField
                key={`value ${view.value}`}
                label="Value"
                value={view.value}
                unset={unset('value')}
                onPick={(value) => onPick({ ...view, value })}
              />
              <SerdeField
                key={`key ${view.key}`}
                label="Key"
                value={view.key}
                unset={unset('key')}
                onPick={(key) => onPick({ ...view, key })}
              />
            </div>
            <div className="sep" />
            <div className="grid gap-1.5 p-2 text-xs">
              <span>
                <b>For everyone:</b> {decodeWords({ key: '', value: '' }, ofTopic)}
                {kept.data?.updatedBy && hasOverride ? (
                  <span className="text-ink-3"> set by {kept.data.updatedBy}</span>
                ) : null}
              </span>
              {refusal ? (
                <span className="text-ink-3">{refusal}</span>
              ) : (
                <Button
                  size="sm"
                  className="justify-self-start"
                  onClick={() => {
                    setOpen(false);
                    setOverriding(true);
                  }}
                >
                  Change for everyone
                </Button>
              )}
            </div>
          </Popover>
          {isOverriding ? (
            <OverrideDialog
              clusterId={clusterId}
              topic={topic}
              environment={environment}
              kept={ofTopic}
              hasRegistry={kept.data?.hasRegistry ?? true}
              onClose={() => setOverriding(false)}
              onDone={() => {
                setOverriding(false);
                kept.refetch();
                onOverridden();
              }}
            />
          ) : null}
        </>
      )}
    </Cell>
  );
}
