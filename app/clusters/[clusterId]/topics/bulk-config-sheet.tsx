'use client';

import { useState } from 'react';
import { firstSentence } from '#components/config/config-columns.tsx';
import { humanValue } from '#components/config/human-value.ts';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { FieldFrame } from '#components/forms/fields.tsx';
import { Button } from '#components/ui/button.tsx';
import { Radio } from '#components/ui/choice.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { ConfigChanges, ConfigList } from '#lib/model/config.ts';
import { apiPath } from '#lib/paths.ts';
import { ConfigPlanDialog } from './config-plan-dialog.tsx';
import type { TopicsViewer } from './topics-viewer.ts';

/** One config of several topics: chosen here, then planned with the diff of each topic. */
export function BulkConfigSheet({
  viewer,
  topics,
  onClose,
  onDone,
}: {
  viewer: TopicsViewer;
  topics: string[];
  onClose: () => void;
  onDone: () => void;
}) {
  const [name, setName] = useState('retention.ms');
  const [op, setOp] = useState<'set' | 'reset'>('set');
  const [value, setValue] = useState('');
  const [planned, setPlanned] = useState<ConfigChanges | null>(null);
  // Every topic of a cluster has the same keys, so those of the first one do.
  const configs = useLiveQuery<ConfigList>({
    clusterId: viewer.clusterId,
    url: apiPath('/clusters/[clusterId]/topics/[topic]/configs', {
      clusterId: viewer.clusterId,
      topic: topics[0],
    }),
    everyMs: false,
  });
  const entry = configs.data?.entries.find((one) => one.name === name);
  const change: ConfigChanges[number] = op === 'set' ? { op, name, value: value.trim() } : { op, name };
  if (planned)
    return (
      <ConfigPlanDialog
        viewer={viewer}
        topics={topics}
        changes={planned}
        onClose={() => setPlanned(null)}
        onDone={onDone}
      />
    );
  const human = humanValue(name, value.trim());
  return (
    <Sheet
      isOpen
      onClose={onClose}
      kind="plan"
      title={`Edit config of ${formatCountOf(topics.length, 'topic', 'topics')}`}
      environment={viewer.environment}
      description={
        <>
          on <b>{viewer.clusterName}</b>. The next step shows what changes on each of them.
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Keep config</Button>
          <Button
            variant="primary"
            disabled={!entry || (op === 'set' && value.trim() === '')}
            onClick={() => setPlanned([change])}
          >
            Plan change
          </Button>
        </>
      }
    >
      {configs.problem && !configs.data ? (
        <ProblemNotice problem={configs.problem} onRetry={configs.refetch} />
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (entry && (op === 'reset' || value.trim() !== '')) setPlanned([change]);
          }}
        >
          <FieldFrame
            id="bulk-config-name"
            label="Config"
            help={entry ? firstSentence(entry.documentation) : undefined}
          >
            <Select
              id="bulk-config-name"
              value={name}
              onChange={(event) => setName(event.target.value)}
              options={(configs.data?.entries ?? [])
                .filter((one) => !one.isReadOnly)
                .map((one) => ({ value: one.name, label: one.name }))}
            />
          </FieldFrame>
          <fieldset className="fld">
            <legend className="lb mb-1 font-medium">Change</legend>
            <div className="choices">
              <Radio name="op" label="Set" checked={op === 'set'} onChange={() => setOp('set')} />
              <Radio
                name="op"
                label="Reset to the default of the cluster"
                checked={op === 'reset'}
                onChange={() => setOp('reset')}
              />
            </div>
          </fieldset>
          {op === 'set' ? (
            <FieldFrame
              id="bulk-config-value"
              label="Value"
              help={
                <>
                  {human ? `${human}. ` : ''}
                  {entry?.defaultValue ? `Default is ${entry.defaultValue}.` : ''}
                </>
              }
            >
              <Input
                id="bulk-config-value"
                isMono
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            </FieldFrame>
          ) : null}
        </form>
      )}
    </Sheet>
  );
}
