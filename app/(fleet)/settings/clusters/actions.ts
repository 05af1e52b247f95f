'use server';

import { expose } from '#lib/operations/expose.ts';
import { createCluster } from '#lib/services/cluster/create-cluster.ts';
import { deleteCluster } from '#lib/services/cluster/delete-cluster.ts';
import { testCluster } from '#lib/services/cluster/test-cluster.ts';
import { updateCluster } from '#lib/services/cluster/update-cluster.ts';

export const createClusterAction = expose(createCluster);
export const updateClusterAction = expose(updateCluster);
export const deleteClusterAction = expose(deleteCluster);
export const testClusterAction = expose(testCluster);
