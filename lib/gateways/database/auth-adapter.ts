import { createHash, randomUUID } from 'node:crypto';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { prisma } from './client.ts';
import { insertSession, type SessionLimits } from './sessions.ts';

type Factory = ReturnType<typeof prismaAdapter>;
type Adapter = ReturnType<Factory>;
type Where = Parameters<Adapter['count']>[0]['where'];
type Update = { model: string; where: NonNullable<Where>; update: Record<string, unknown> };

const digest = (token: unknown): unknown =>
  typeof token === 'string' ? createHash('sha256').update(token, 'utf8').digest('hex') : token;

/**
 * The sign-in library's tables through Prisma, with one difference: of a session's token only the SHA-256 reaches the
 * database, in writing and in looking up (R6), and a session's times are the database's.
 */
export const authAdapter =
  (limits: SessionLimits): Factory =>
  (options) => {
    const inner = prismaAdapter(prisma(), { provider: 'postgresql' })(options);
    return {
      ...hashed(inner, limits),
      id: inner.id,
      transaction: (work) => inner.transaction((trx) => work(hashed(trx, limits))),
    };
  };

function hashed<A extends Omit<Adapter, 'transaction'>>(inner: A, limits: SessionLimits): A {
  const at = <Q extends { model: string; where?: Where }>(query: Q): Q =>
    query.model !== 'session' || !query.where
      ? query
      : {
          ...query,
          where: query.where.map((condition) =>
            condition.field !== 'token'
              ? condition
              : {
                  ...condition,
                  value: (Array.isArray(condition.value)
                    ? condition.value.map(digest)
                    : digest(condition.value)) as typeof condition.value,
                },
          ),
        };
  const withToken = <Q extends Update>(query: Q): Q =>
    query.model === 'session' && 'token' in query.update
      ? { ...query, update: { ...query.update, token: digest(query.update.token) } }
      : query;
  return {
    ...inner,
    create: async (query: { model: string; data: Record<string, unknown> }) => {
      if (query.model !== 'session') return inner.create(query as Parameters<A['create']>[0]);
      const session = { ...query.data, id: String(query.data.id ?? randomUUID()) };
      const isMade = await insertSession(
        {
          id: session.id,
          userId: String(query.data.userId),
          tokenHash: String(digest(query.data.token)),
          ip: String(query.data.ipAddress ?? ''),
          userAgent: String(query.data.userAgent ?? ''),
        },
        limits,
      );
      return isMade ? session : null;
    },
    findOne: (query: Parameters<A['findOne']>[0]) => inner.findOne(at(query)),
    findMany: (query: Parameters<A['findMany']>[0]) => inner.findMany(at(query)),
    count: (query: Parameters<A['count']>[0]) => inner.count(at(query)),
    update: (query: Parameters<A['update']>[0]) => inner.update(withToken(at(query))),
    updateMany: (query: Parameters<A['updateMany']>[0]) => inner.updateMany(withToken(at(query))),
    delete: (query: Parameters<A['delete']>[0]) => inner.delete(at(query)),
    deleteMany: (query: Parameters<A['deleteMany']>[0]) => inner.deleteMany(at(query)),
    consumeOne: (query: Parameters<A['consumeOne']>[0]) => inner.consumeOne(at(query)),
  };
}
