import { AppError } from '#lib/errors/app-error.ts';
import { readTopicSerdes } from '#lib/gateways/database/topic-serdes.ts';
import type { RegistryClient } from '#lib/gateways/registry/registry-client.ts';
import { serdeOptionOf } from '#lib/model/serde-choice.ts';
import type { Context } from '#lib/operations/context.ts';
import type { Fact } from '#lib/scan/facts.ts';
import type { DecodePlan, SchemaFact, SerdeChoice } from '#lib/serde/decode-plan.ts';
import { masksFor, refuseMasked } from '../mask/masks-for.ts';
import { registryOf } from '../registry/registry-of.ts';

/** How a topic is decoded for one reader: what travels with tasks, the facts known before, and how missing ones are had. */
export type Decoding = {
  plan: DecodePlan;
  facts: Fact[];
  /** Never rejects: a schema that cannot be had is a fact that says why. */
  resolveFacts: (ids: readonly string[]) => Promise<Fact[]>;
};

/** Names of serdes as an address gives them; empty is the topic's own choice, else found by the bytes. */
export type DecodeChoices = { keySerde?: string | undefined; valueSerde?: string | undefined };

/** So many ids that cannot be had make it likely that what looks like ids is none; for a while no more are asked for. */
const MAX_UNKNOWN = 25;
const UNKNOWN_MS = 30_000;

/**
 * What workers need to decode a topic as its reader may see it.
 * @throws AppError `input.invalid` for a serde that does not exist, `serde.masked`, `cluster.not-found`, `database.unavailable`
 */
export async function decodingOf(
  context: Pick<Context, 'principal'>,
  clusterId: string,
  topic: string,
  choices: DecodeChoices = {},
): Promise<Decoding> {
  const [kept, client, masks] = await Promise.all([
    readTopicSerdes(clusterId, topic),
    registryOf(clusterId),
    masksFor(context.principal, clusterId, topic),
  ]);
  const own = (side: 'key' | 'value') => {
    const choice = choices[`${side}Serde`];
    if (choice && choice !== 'auto' && choice !== kept?.[`${side}Serde`]) refuseMasked(masks, side, topic);
    return choice;
  };
  const plan: DecodePlan = {
    topic,
    key: choiceOf('keySerde', own('key') || kept?.keySerde),
    value: choiceOf('valueSerde', own('value') || kept?.valueSerde),
    registry: client?.namespace ?? null,
    masks: masks?.id ?? null,
  };
  return { plan, facts: masks ? [masks] : [], resolveFacts: resolver(client) };
}

function choiceOf(field: keyof DecodeChoices, text: string | null | undefined): SerdeChoice {
  if (!text) return { serde: 'auto' };
  if (serdeOptionOf(text) === null) {
    throw new AppError('input.invalid', {}, { fields: { [field]: 'There is no such serde.' } });
  }
  const [serde = 'auto', schemaId, message] = text.split(':');
  if (schemaId === undefined) return { serde };
  return { serde, options: { schemaId, ...(message ? { message } : {}) } };
}

function resolver(client: RegistryClient | null): Decoding['resolveFacts'] {
  let unknown = 0;
  let since = Date.now();
  const schemaFact = async (id: string): Promise<SchemaFact> => {
    const schemaId = id.split(':')[2] ?? '';
    if (!client || !id.startsWith(`schema:${client.namespace}:`)) {
      return {
        id: schemaId,
        missing: 'The cluster has another schema registry now.',
        until: Date.now() + UNKNOWN_MS,
      };
    }
    if (Date.now() - since > UNKNOWN_MS) {
      unknown = 0;
      since = Date.now();
    }
    if (unknown >= MAX_UNKNOWN) {
      const missing = `It was not looked for: ${MAX_UNKNOWN} other schema ids of this topic could not be had.`;
      return { id: schemaId, missing, until: Date.now() + UNKNOWN_MS };
    }
    const found = await client.schema(schemaId);
    if (!('missing' in found)) return found;
    unknown++;
    return { id: schemaId, ...found };
  };
  return (ids) => Promise.all(ids.map(async (id) => ({ id, value: await schemaFact(id) })));
}
