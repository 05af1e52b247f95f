import { readTopicSerdes, writeTopicSerdes } from '#lib/gateways/database/topic-serdes.ts';
import { OverrideSerdeInput } from '#lib/model/serde-choice.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { masksFor, refuseMasked } from '../mask/masks-for.ts';

/**
 * Chooses how keys and values of a topic are decoded, for everyone; null goes back to finding it by the bytes. What is masked for
 * somebody is not theirs to choose: masks know fields by the names that decoding gives them.
 */
export const overrideSerde = defineCommand({
  name: 'serde.override',
  permission: 'serde:override',
  input: OverrideSerdeInput,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  secrets: [],
  changesCluster: false,
  run: async (context, { clusterId, topic, keySerde, valueSerde }) => {
    const chosen = { keySerde: keptOf(keySerde), valueSerde: keptOf(valueSerde) };
    const [kept, masks] = await Promise.all([
      readTopicSerdes(clusterId, topic),
      masksFor(context.principal, clusterId, topic),
    ]);
    for (const side of ['key', 'value'] as const)
      if (chosen[`${side}Serde`] !== (kept?.[`${side}Serde`] ?? null)) refuseMasked(masks, side, topic);
    await writeTopicSerdes(clusterId, topic, { ...chosen, updatedBy: context.principal.name });
    return chosen;
  },
});

const keptOf = (text: string | null): string | null => (text === 'auto' ? null : text);
