'use client';

import { DiffView } from '#components/code/diff-view.tsx';
import { bothValues, humanValue } from '#components/config/human-value.ts';
import { PlanDialog } from '#components/forms/plan-dialog.tsx';
import { configureCommands } from '#components/topic/command-lines.ts';
import { showToast } from '#components/ui/toasts.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { ConfigChanges } from '#lib/model/config.ts';
import type { ConfigDiff } from '#lib/services/topic/configure-topics.ts';
import { configureTopicsAction, planConfigureTopicsAction } from './actions.ts';
import { inverseChanges } from './inverse-changes.ts';
import type { TopicsViewer } from './topics-viewer.ts';

const keys = (count: number) => formatCountOf(count, 'config', 'configs');

/** The lines of several topics, one row each. */
function DiffTable({ diff }: { diff: readonly ConfigDiff[] }) {
  return (
    <div className="tw">
      <table className="dt">
        <caption className="vh">What changes on each topic</caption>
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col">Config</th>
            <th scope="col">Now</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {diff.map((line) => (
            <tr key={`${line.topic} ${line.name}`}>
              <td className="wrap name wrap-anywhere">{line.topic}</td>
              <td className="wrap name wrap-anywhere">{line.name}</td>
              <td className="wrap">
                {bothValues(line.name, line.from)}
                {line.isOwn ? null : <span className="text-xs text-ink-3"> not set here</span>}
              </td>
              <td className="wrap">
                {line.from === line.to ? (
                  <span className="text-ink-3">as now</span>
                ) : (
                  bothValues(line.name, line.to)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is not in the values: whether the value is the topic's own, now and then. */
const sameWords = (line: ConfigDiff): string | null =>
  line.from === line.to
    ? line.isOwn
      ? 'same value as the default'
      : 'same value, set here then'
    : line.isOwn
      ? null
      : 'not set here';

/** Takes a change back; says so, or says where it stands. */
async function undo(clusterId: string, diff: readonly ConfigDiff[]): Promise<void> {
  for (const { topics, changes } of inverseChanges(diff)) {
    const plan = await planConfigureTopicsAction({ clusterId, topics, changes });
    const done = plan.ok
      ? await configureTopicsAction({ clusterId, topics, changes, digest: plan.value.digest })
      : plan;
    if (!done.ok) {
      showToast({ outcome: 'unknown', title: 'Not taken back.', children: done.problem.what });
      return;
    }
  }
  showToast({ title: 'Config as it was before.' });
}

/** The diff of a change of configs, checked by Kafka, and its confirmation. */
export function ConfigPlanDialog({
  viewer,
  topics,
  changes,
  unchanged,
  onClose,
  onDone,
}: {
  viewer: TopicsViewer;
  topics: string[];
  changes: ConfigChanges;
  /** How many other keys the topic has. */
  unchanged?: number;
  onClose: () => void;
  onDone: () => void;
}) {
  const { clusterId } = viewer;
  const [only] = topics;
  const isOne = topics.length === 1;
  const where = isOne ? (only ?? '') : formatCountOf(topics.length, 'topic', 'topics');
  return (
    <PlanDialog
      isOpen
      onClose={onClose}
      kind="sheet"
      title={isOne ? 'Change config' : `Change config of ${where}`}
      environment={viewer.environment}
      clusterName={viewer.clusterName}
      keep="Keep config"
      plan={() => planConfigureTopicsAction({ clusterId, topics, changes })}
      act={(plan, _typed, once) =>
        configureTopicsAction({ clusterId, topics, changes, digest: plan.digest }, once)
      }
      onDone={(value) => {
        const failed = value.failures[0];
        showToast({
          title: `${keys(changes.length)} changed${isOne ? '.' : ` on ${formatCountOf(value.changed, 'topic', 'topics')}.`}`,
          children: failed ? (
            <>
              Not on <span className="name">{failed.topic}</span>: {failed.problem.what}
            </>
          ) : isOne ? (
            <span className="name">{only}</span>
          ) : null,
          action: { label: 'Undo', onSelect: () => void undo(clusterId, value.diff) },
        });
        onDone();
      }}
      view={(plan) => {
        const isSame = plan.diff.every((line) => line.from === line.to && line.isOwn);
        return {
          consequence:
            'Kafka has checked the values. The change holds at once, without a restart, and can be undone.',
          body: isOne ? (
            <DiffView
              title={`${where} config, ${keys(plan.diff.length)}`}
              changes={plan.diff.map((line) => ({
                key: line.name,
                before: line.from,
                // Kafka does not tell the default of a key while it is set here.
                after: line.to ?? "the cluster's default",
                humanBefore: [humanValue(line.name, line.from), sameWords(line)].filter(Boolean).join(', '),
                humanAfter: humanValue(line.name, line.to),
              }))}
              unchanged={unchanged}
            />
          ) : (
            <DiffTable diff={plan.diff} />
          ),
          confirm: isOne ? `Apply ${formatCountOf(changes.length, 'change', 'changes')}` : `Change ${where}`,
          blocked: isSame ? 'The values are set like this already.' : null,
          sameAs: configureCommands(topics, changes),
        };
      }}
    />
  );
}
