import { writeTopicSerdes } from '#lib/gateways/database/topic-serdes.ts';
import { OverrideSerdeInput } from '#lib/model/serde-choice.ts';
import { defineCommand } from '#lib/operations/define-command.ts';

/** Chooses how keys and values of a topic are decoded, for everyone; null goes back to finding it by the bytes. */
export const overrideSerde = defineCommand({
  name: 'serde.override',
  permission: 'serde:override',
  input: OverrideSerdeInput,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  secrets: [],
  changesCluster: false,
  run: async (context, { clusterId, topic, keySerde, valueSerde }) => {
    const chosen = { keySerde: keptOf(keySerde), valueSerde: keptOf(valueSerde) };
    await writeTopicSerdes(clusterId, topic, { ...chosen, updatedBy: context.principal.name });
    return chosen;
  },
});

const keptOf = (text: string | null): string | null => (text === 'auto' ? null : text);
