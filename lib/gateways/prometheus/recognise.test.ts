import { describe, expect, it } from 'vitest';
import { readSamples } from './read-samples.ts';
import { BrokerReadings, isKnownName, recognise } from './recognise.ts';

async function readingsOf(lines: string[]): Promise<Record<string, [string, number]>> {
  const readings = new BrokerReadings();
  await readSamples(Buffer.from(lines.join('\n')), isKnownName, (sample) => readings.add(recognise(sample)));
  return Object.fromEntries(readings.all().map(({ kind, how, value }) => [kind, [how, value]]));
}

/** The same facts of one broker, as the rule sets that people use tell them. */
const told = {
  'the exporter without rules': [
    'kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec",} 100.0',
    'kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec",topic="orders",} 60.0',
    'kafka_server_BrokerTopicMetrics_OneMinuteRate{name="BytesInPerSec",} 7.0',
    'kafka_network_RequestMetrics_Count{name="RequestsPerSec",request="Produce",version="9",} 30.0',
    'kafka_network_RequestMetrics_Count{name="RequestsPerSec",request="Produce",version="11",} 12.0',
    'kafka_network_RequestMetrics_99thPercentile{name="TotalTimeMs",request="Produce",} 31.5',
    'kafka_network_RequestMetrics_99thPercentile{name="LocalTimeMs",request="Produce",} 99.0',
    'kafka_network_RequestMetrics_99thPercentile{name="TotalTimeMs",request="FetchConsumer",} 502.0',
    'kafka_network_RequestChannel_Value{name="RequestQueueSize",} 3.0',
    'kafka_network_RequestChannel_Value{name="RequestQueueSize",processor="1",} 1.0',
    'kafka_server_KafkaRequestHandlerPool_OneMinuteRate{name="RequestHandlerAvgIdlePercent",} 0.9',
    'kafka_network_SocketServer_Value{name="NetworkProcessorAvgIdlePercent",} 0.8',
    'kafka_server_ReplicaManager_Count{name="IsrShrinksPerSec",} 5.0',
    'jvm_gc_collection_seconds_sum{gc="G1 Young Generation",} 1.5',
    'jvm_gc_collection_seconds_sum{gc="G1 Old Generation",} 0.5',
    'jvm_memory_bytes_used{area="heap",} 1000.0',
    'jvm_memory_bytes_used{area="nonheap",} 50.0',
  ],
  'the rules for Kafka that come with the exporter, and Strimzi’s': [
    'kafka_server_brokertopicmetrics_bytesin_total 100.0',
    'kafka_server_brokertopicmetrics_bytesin_total{topic="orders"} 60.0',
    'kafka_network_requestmetrics_requests_total{request="Produce",version="9"} 30.0',
    'kafka_network_requestmetrics_requests_total{request="Produce",version="11"} 12.0',
    'kafka_network_requestmetrics_totaltimems{request="Produce",quantile="0.50"} 8.0',
    'kafka_network_requestmetrics_totaltimems{request="Produce",quantile="0.99"} 31.5',
    'kafka_network_requestmetrics_totaltimems{request="FetchConsumer",quantile="0.99"} 502.0',
    'kafka_network_requestmetrics_totaltimems_count{request="Produce"} 41.0',
    'kafka_network_requestchannel_requestqueuesize 3.0',
    'kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent 0.9',
    'kafka_network_socketserver_networkprocessoravgidle_percent 0.8',
    'kafka_server_replicamanager_isrshrinks_total 5.0',
    'jvm_gc_collection_seconds_sum{gc="G1 Young Generation"} 2.0',
    'jvm_memory_used_bytes{area="heap"} 1000.0',
  ],
  Confluent: [
    'kafka_server_brokertopicmetrics_bytesinpersec 100.0',
    'kafka_server_brokertopicmetrics_bytesinpersec{topic="orders"} 60.0',
    'kafka_network_requestmetrics_requestspersec{request="Produce",version="9"} 30.0',
    'kafka_network_requestmetrics_requestspersec{request="Produce",version="11"} 12.0',
    'kafka_network_requestmetrics_totaltimems{request="Produce"} 41.0',
    'kafka_network_requestmetrics_totaltimems{request="Produce",quantile="0.99"} 31.5',
    'kafka_network_requestmetrics_totaltimems{request="FetchConsumer",quantile="0.99"} 502.0',
    'kafka_network_requestchannel_requestqueuesize 3.0',
    'kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent 4.2E14',
    'kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent_total 0.9',
    'kafka_network_socketserver_networkprocessoravgidlepercent 0.8',
    'kafka_server_replicamanager_isrshrinkspersec 5.0',
    'jvm_gc_collection_seconds_sum{gc="G1"} 2.0',
    'jvm_memory_bytes_used{area="heap"} 1000.0',
  ],
  'Bitnami, and rules in snake case': [
    'kafka_server_brokertopicmetrics_bytesinpersec_count 100.0',
    'kafka_server_broker_topic_metrics_bytes_in_per_sec_count{topic="orders"} 60.0',
    'kafka_network_requestmetrics_requestspersec_count{request="Produce"} 42.0',
    'kafka_network_requestmetrics_totaltimems_99thpercentile{request="Produce"} 31.5',
    'kafka_network_requestmetrics_totaltimems_99thpercentile{request="FetchConsumer"} 502.0',
    'kafka_network_request_channel_request_queue_size_value 3.0',
    'kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent_oneminuterate 0.9',
    'kafka_network_socketserver_networkprocessoravgidlepercent_value 0.8',
    'kafka_server_replicamanager_isrshrinkspersec_count 5.0',
    'java_lang_GarbageCollector_CollectionTime{name="G1 Young Generation"} 2000.0',
    'java_lang_memory_heapmemoryusage_used 1000.0',
  ],
};

describe('rule sets of exporters', () => {
  it.each(Object.entries(told))('%s', async (_name, lines) => {
    expect(await readingsOf(lines)).toMatchObject({
      'broker.net-in': ['counter', 100],
      'broker.produce-requests': ['counter', 42],
      'broker.produce-p99': ['gauge', 31.5],
      'broker.fetch-p99': ['gauge', 502],
      'broker.handler-idle': ['gauge', 0.9],
      'broker.network-idle': ['gauge', 0.8],
      'broker.isr-shrinks': ['counter', 5],
      'broker.gc': ['counter', 2],
      'broker.heap': ['gauge', 1_000],
    });
  });

  it('count requests by their histogram where nothing else counts them', async () => {
    expect(
      await readingsOf(['kafka_network_requestmetrics_count{name="TotalTimeMs",request="FetchFollower"} 7']),
    ).toEqual({ 'broker.follower-requests': ['counter', 7] });
  });

  it('tell nanoseconds of idleness where they tell no share', async () => {
    expect(
      await readingsOf(['kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent 3e9']),
    ).toEqual({
      'broker.handler-idle': ['counter', 3],
    });
  });

  it('say nothing by names and values that mean nothing', async () => {
    const lines = [
      'kafka_server_brokertopicmetrics_count{name="BytesRejectedPerSec"} 1',
      'kafka_server_brokertopicmetrics_count 1',
      'kafka_network_requestmetrics_totaltimems{quantile="0.99"} 1',
      'kafka_network_requestmetrics_totaltimems{request="Produce",quantile="0.99"} NaN',
      'process_cpu_seconds_total 3',
    ];
    expect(await readingsOf(lines)).toEqual({});
  });
});
