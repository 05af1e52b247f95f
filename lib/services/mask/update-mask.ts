import { snapshotOf } from '#lib/collector/collectors.ts';
import { isSampled } from '#lib/collector/read-snapshot.ts';
import { listClusters } from '#lib/gateways/database/clusters.ts';
import { updateMaskPolicy } from '#lib/gateways/database/masking-policies.ts';
import { ChangedMaskPolicy, MaskTrial, type MaskTrialAnswer } from '#lib/model/mask.ts';
import { matchesTopic } from '#lib/model/mask-path.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { paths } from '#lib/paths.ts';
import { tryMasks } from './try-masks.ts';
import { checkMasks } from './watch-masks.ts';

const maxTopics = 50;

/** What a policy that is not kept yet would do: to a sample, and to which topics. Nothing of the sample is kept. */
export const planUpdateMask = definePlan({
  name: 'mask.update.plan',
  permission: 'mask:update',
  input: MaskTrial,
  target: (input) => ({ type: 'mask', id: 'trial', clusterId: input.clusterId }),
  run: async (_context, input): Promise<MaskTrialAnswer> => {
    const clusters = (await listClusters()).filter(
      ({ id }) => input.clusterId === null || input.clusterId === id,
    );
    return {
      sample: input.sample === '' ? null : tryMasks(input),
      clusters: clusters.map(({ id, name }) => {
        const snapshot = snapshotOf(id);
        const isKnown = isSampled(snapshot);
        const topics = isKnown
          ? snapshot.metadata.value.names.filter((topic) => matchesTopic(input.topicPattern, topic))
          : [];
        return { id, name, topics: topics.slice(0, maxTopics), total: topics.length, isKnown };
      }),
    };
  },
});

/** Changes a masking policy, as it was seen. It holds with the next reading of each topic it means. */
export const updateMask = defineCommand({
  name: 'mask.update',
  permission: 'mask:update',
  input: ChangedMaskPolicy,
  target: (input) => ({ type: 'mask', id: input.name, clusterId: input.clusterId }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.masks()],
  run: async (_context, { id: seenId, version: seenVersion, ...policy }) => {
    const { id, name, version } = await updateMaskPolicy(seenId, seenVersion, policy);
    await checkMasks();
    return { id, name, version };
  },
  noted: ({ id, version }) => ({ id, version }),
});
