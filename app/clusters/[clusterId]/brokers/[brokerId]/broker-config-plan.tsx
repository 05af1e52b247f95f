'use client';

import { DiffView } from '#components/code/diff-view.tsx';
import type { PlannedChanges } from '#components/config/config-table.tsx';
import { humanValue } from '#components/config/human-value.ts';
import { PlanDialog } from '#components/forms/plan-dialog.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { formatCountOf } from '#lib/format.ts';
import { configureBrokerAction, planConfigureBrokerAction } from './actions.ts';
import type { BrokerCluster } from './broker-view.tsx';

type Props = PlannedChanges & { cluster: BrokerCluster; brokerId: number };

/** The diff of a change to a broker's config, checked by the broker, and its confirmation. */
export function BrokerConfigPlan({ cluster, brokerId, changes, unchanged, onClose, onDone }: Props) {
  const input = { clusterId: cluster.id, brokerId, changes };
  return (
    <PlanDialog
      isOpen
      onClose={onClose}
      kind="sheet"
      title={`Change config of broker ${brokerId}`}
      environment={cluster.environment}
      clusterName={cluster.name}
      keep="Keep config"
      plan={() => planConfigureBrokerAction(input)}
      act={(plan, _typed, once) => configureBrokerAction({ ...input, digest: plan.digest }, once)}
      onDone={() => {
        showToast({
          title: `${formatCountOf(changes.length, 'config', 'configs')} changed on broker ${brokerId}.`,
        });
        onDone();
      }}
      view={(plan) => ({
        consequence:
          'The broker has checked the values. The change holds at once, without a restart, on this broker only.',
        body: (
          <DiffView
            title={`Broker ${brokerId} config`}
            changes={plan.diff.map((line) => ({
              key: line.name,
              before: line.from,
              after: line.to,
              humanBefore: [humanValue(line.name, line.from), line.isOwn ? null : 'not set here']
                .filter(Boolean)
                .join(', '),
              humanAfter: humanValue(line.name, line.to),
            }))}
            unchanged={unchanged}
          />
        ),
        confirm: `Apply ${formatCountOf(changes.length, 'change', 'changes')}`,
        blocked: plan.diff.every((line) => line.from === line.to && line.isOwn)
          ? 'The values are set like this already.'
          : null,
        sameAs: [{ label: 'kafka-configs', text: commandOf(brokerId, changes) }],
      })}
    />
  );
}

function commandOf(brokerId: number, changes: PlannedChanges['changes']): string {
  const set = changes.flatMap((change) => (change.op === 'set' ? [`${change.name}=${change.value}`] : []));
  const reset = changes.flatMap((change) => (change.op === 'reset' ? [change.name] : []));
  return [
    `kafka-configs --bootstrap-server $BOOTSTRAP --alter --entity-type brokers --entity-name ${brokerId}`,
    ...(set.length > 0 ? [`--add-config '${set.join(',')}'`] : []),
    ...(reset.length > 0 ? [`--delete-config '${reset.join(',')}'`] : []),
  ].join(' \\\n  ');
}
