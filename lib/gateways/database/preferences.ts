import { guard, prisma } from './client.ts';
import type { Prisma } from './generated/client.ts';

/** What a person has set for themselves, such as the columns of a list. Whoever reads a value checks its shape. */
export async function readPreferences(userId: string): Promise<Record<string, unknown>> {
  const rows = await guard(() => prisma().preference.findMany({ where: { userId } }));
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

/** One of them; undefined where nothing was set. */
export async function readPreference(userId: string, key: string): Promise<unknown> {
  const row = await guard(() => prisma().preference.findUnique({ where: { userId_key: { userId, key } } }));
  return row?.value;
}

export async function writePreference(
  userId: string,
  key: string,
  value: Prisma.InputJsonValue,
): Promise<void> {
  await guard(() =>
    prisma().preference.upsert({
      where: { userId_key: { userId, key } },
      create: { userId, key, value },
      update: { value },
    }),
  );
}

export async function deletePreference(userId: string, key: string): Promise<void> {
  await guard(() => prisma().preference.deleteMany({ where: { userId, key } }));
}
