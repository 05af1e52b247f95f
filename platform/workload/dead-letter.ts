import type { IHeaders, KafkaMessage, Message } from 'kafkajs';

/** Why a record could not be processed, in the words of a JVM service. */
export type Failure = { exception: string; message: string; at: readonly string[] };

const number = (write: (buffer: Buffer) => void, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  write(buffer);
  return buffer;
};

/**
 * The record for the dead-letter topic, with the headers that Spring for Apache Kafka's
 * `DeadLetterPublishingRecoverer` adds: partition as a 4-byte, offset and timestamp as 8-byte numbers, big
 * end first; the rest as text. Key, value, partition and the record's own headers are kept.
 */
export function deadLetter(
  origin: { topic: string; partition: number; groupId: string },
  message: KafkaMessage,
  failure: Failure,
): Message {
  const wrapper = 'org.springframework.kafka.listener.ListenerExecutionFailedException';
  const stack = [
    `${wrapper}: Listener failed; ${failure.exception}: ${failure.message}`,
    `Caused by: ${failure.exception}: ${failure.message}`,
    ...failure.at.map((frame) => `\tat ${frame}`),
    '\tat org.springframework.kafka.listener.KafkaMessageListenerContainer$ListenerConsumer.run(KafkaMessageListenerContainer.java:1411)',
    '\tat java.base/java.lang.Thread.run(Thread.java:1583)',
  ].join('\n');
  const added: IHeaders = {
    'kafka_dlt-original-topic': origin.topic,
    'kafka_dlt-original-partition': number((b) => b.writeInt32BE(origin.partition), 4),
    'kafka_dlt-original-offset': number((b) => b.writeBigInt64BE(BigInt(message.offset)), 8),
    'kafka_dlt-original-timestamp': number((b) => b.writeBigInt64BE(BigInt(message.timestamp)), 8),
    'kafka_dlt-original-timestamp-type': 'CreateTime',
    'kafka_dlt-original-consumer-group': origin.groupId,
    'kafka_dlt-exception-fqcn': wrapper,
    'kafka_dlt-exception-cause-fqcn': failure.exception,
    'kafka_dlt-exception-message': `Listener failed; ${failure.message}`,
    'kafka_dlt-exception-stacktrace': stack,
  };
  return {
    key: message.key,
    value: message.value,
    partition: origin.partition,
    headers: { ...message.headers, ...added },
  };
}
