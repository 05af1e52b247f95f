import type { TopicSerdes } from '#lib/model/serde-choice.ts';
import { guard, prisma } from './client.ts';
import { Prisma } from './generated/client.ts';

/** How keys and values of a topic are decoded for everyone; null where nobody chose. */
export async function readTopicSerdes(clusterId: string, topic: string): Promise<TopicSerdes | null> {
  const row = await guard(() =>
    prisma().topicSerde.findUnique({ where: { clusterId_topic: { clusterId, topic } } }),
  );
  if (!row) return null;
  return {
    keySerde: textOf(row.key),
    valueSerde: textOf(row.value),
    updatedBy: row.updatedBy,
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Keeps a choice in place of the one before; without any the topic is forgotten. */
export async function writeTopicSerdes(
  clusterId: string,
  topic: string,
  choice: { keySerde: string | null; valueSerde: string | null; updatedBy: string },
): Promise<void> {
  const { keySerde, valueSerde, updatedBy } = choice;
  if (keySerde === null && valueSerde === null) {
    await guard(() => prisma().topicSerde.deleteMany({ where: { clusterId, topic } }));
    return;
  }
  const row = { key: jsonOf(keySerde), value: jsonOf(valueSerde), updatedBy };
  await guard(() =>
    prisma().topicSerde.upsert({
      where: { clusterId_topic: { clusterId, topic } },
      create: { clusterId, topic, ...row },
      update: row,
    }),
  );
}

const textOf = (value: Prisma.JsonValue): string | null => (typeof value === 'string' ? value : null);
const jsonOf = (text: string | null): string | typeof Prisma.DbNull => text ?? Prisma.DbNull;
