import type { ClusterConnection, Environment } from './cluster.ts';

/** A cluster as it is registered here. Its secrets are sealed elsewhere and never part of it. */
export type ClusterRecord = {
  id: string;
  name: string;
  environment: Environment;
  readOnly: boolean;
  connection: ClusterConnection;
  /** Grows with each change of anything here or of a secret; whoever changes says which one was seen. */
  version: number;
  source: 'ui' | 'file';
  createdAtMs: number;
  updatedAtMs: number;
};
