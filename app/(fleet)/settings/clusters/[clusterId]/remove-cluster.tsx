'use client';

import { RemoveAct } from '#components/forms/remove-act.tsx';
import type { Environment } from '#lib/model/cluster.ts';
import { paths } from '#lib/paths.ts';
import { deleteClusterAction } from '../actions.ts';

/** Takes a cluster out of Millrace after its name was typed. The cluster itself is not touched. */
export const RemoveCluster = ({
  id,
  name,
  environment,
}: {
  id: string;
  name: string;
  environment: Environment;
}) => (
  <RemoveAct
    verb="Remove"
    noun="cluster"
    name={name}
    note="Its connection, secrets and history go. The cluster itself and its data are not touched; the audit stays."
    description="Millrace forgets how to reach it. Nothing changes on the cluster."
    environment={environment}
    isTyped
    remove={(confirm) => deleteClusterAction({ id, confirm })}
    href={paths.settingsClusters()}
  />
);
