import { cache } from 'react';
import { ask } from '#lib/operations/ask.ts';
import { readTopic } from '#lib/services/topic/read-topic.ts';

export type TopicParams = { params: Promise<{ clusterId: string; topic: string }> };

/** The parameters of the address as they were meant. */
export async function topicParams({ params }: TopicParams): Promise<{ clusterId: string; topic: string }> {
  const { clusterId, topic } = await params;
  return { clusterId, topic: decodeURIComponent(topic) };
}

/** The topic of the page, read once for the frame and the face in it. */
export const topicOfPage = cache((clusterId: string, topic: string) => ask(readTopic, { clusterId, topic }));
