import { z } from 'zod';
import { ClusterConnection, ClusterSecrets, Environment } from './cluster.ts';
import { ClusterId } from './ids.ts';

/** A cluster as Millrace keeps it. Secrets are not part of it: they are sealed and go in only. */
export const ClusterRecord = z.object({
  id: ClusterId,
  name: z.string(),
  environment: Environment,
  readOnly: z.boolean(),
  connection: ClusterConnection,
  /** Grows by one with each change. */
  version: z.number().int(),
  source: z.enum(['ui', 'file']),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ClusterRecord = z.infer<typeof ClusterRecord>;

const Name = z.string().trim().min(1, 'A name is missing.').max(80, 'A name has at most 80 characters.');

/** What an admin enters to add a cluster. */
export const NewCluster = z.strictObject({
  id: ClusterId,
  name: Name,
  environment: Environment,
  readOnly: z.boolean().default(false),
  connection: ClusterConnection,
  secrets: ClusterSecrets.default({}),
});
export type NewCluster = z.infer<typeof NewCluster>;

/** What an admin may change. A secret that is not given stays as it is; `version` guards against lost updates. */
export const ChangedCluster = NewCluster.extend({ version: z.number().int().min(1) });

/** The file named by MILLRACE_CLUSTERS_FILE: clusters that are the same in every installation of a deployment. */
export const ClustersFile = z.strictObject({ clusters: z.array(NewCluster).max(200) });

export const ClusterInput = z.strictObject({ clusterId: ClusterId });
