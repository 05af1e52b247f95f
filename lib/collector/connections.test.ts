import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dropKafka, kafkaOf } from './connections.ts';

const state = vi.hoisted(() => ({ version: 1, made: [] as { version: number; isClosed: boolean }[] }));

vi.mock('#lib/gateways/database/clusters.ts', () => ({
  readCluster: async (id: string) => ({ id, version: state.version, readOnly: false, connection: {} }),
}));
vi.mock('#lib/gateways/database/secrets.ts', () => ({ readSecrets: async () => ({}) }));
vi.mock('#lib/gateways/kafka/client.ts', () => ({
  createKafkaClient: () => {
    const client = {
      version: state.version,
      isClosed: false,
      close: async () => {
        client.isClosed = true;
      },
    };
    state.made.push(client);
    return client;
  },
}));

beforeEach(() => Object.assign(state, { version: 1, made: [] }));
afterEach(() => dropKafka('a'));

describe('kafkaOf', () => {
  it('makes one client for all who ask, and one more when the connection was changed; none is left open', async () => {
    const first = await Promise.all([kafkaOf('a'), kafkaOf('a'), kafkaOf('a')]);
    expect(new Set(first).size).toBe(1);
    state.version = 2;
    const second = await Promise.all([kafkaOf('a'), kafkaOf('a'), kafkaOf('a')]);
    expect(new Set(second).size).toBe(1);
    await vi.waitFor(() => expect(state.made.map(({ isClosed }) => isClosed)).toEqual([true, false]));
  });
});
