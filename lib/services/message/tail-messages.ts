import { kafkaOf } from '#lib/collector/connections.ts';
import { topicSource } from '#lib/gateways/kafka/fetch-source.ts';
import { ReadMessagesInput } from '#lib/model/message-request.ts';
import type { TailEvent } from '#lib/model/message-search.ts';
import { searchPool } from '#lib/scan/shared-pool.ts';
import { tail } from '#lib/scan/tail.ts';
import { auditedFilter } from './audited-filter.ts';
import { auditedRange } from './message-range.ts';
import { readingOf } from './message-reading.ts';
import { type MessageStream, messageStream, type StreamRoute } from './message-stream.ts';

const tailMessages: MessageStream<typeof ReadMessagesInput, TailEvent> = {
  name: 'message.tail',
  permission: 'message:read',
  input: ReadMessagesInput,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  begun: (input) => ({ ...auditedRange(input), ...auditedFilter(input), isolation: input.isolation }),
  ended: (_, records) => ({ records }),
  open: async (context, input) => {
    const { request, options } = await readingOf(context, input);
    if (!('range' in request)) throw new Error('a tail follows no page');
    const client = await kafkaOf(input.clusterId);
    // Its own connections: requests that wait at the brokers for news would stand in the way of others.
    const channel = client.openChannel('browse');
    const source = topicSource(client, channel, input.topic);
    return closing(tail(source, searchPool(), request, { ...options, signal: context.signal }), () =>
      channel.close(),
    );
  },
};

async function* closing<T>(events: AsyncGenerator<T>, close: () => Promise<void>): AsyncGenerator<T> {
  try {
    yield* events;
  } finally {
    await close();
  }
}

/** Server-sent events of a live tail: the plan, rows as they arrive, how it does. It ends when the browser leaves. */
export const streamTail = (request: Request, route: StreamRoute): Promise<Response> =>
  messageStream(tailMessages, request, route);
