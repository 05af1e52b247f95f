'use server';

import { expose } from '#lib/operations/expose.ts';
import { addPartitions, planAddPartitions } from '#lib/services/topic/add-partitions.ts';
import { configureTopics, planConfigureTopics } from '#lib/services/topic/configure-topics.ts';
import { createTopic, planCreateTopic } from '#lib/services/topic/create-topic.ts';
import { deleteRecords, planDeleteRecords } from '#lib/services/topic/delete-records.ts';
import { deleteTopics, planDeleteTopics } from '#lib/services/topic/delete-topics.ts';
import { electLeaders, planElectLeaders } from '#lib/services/topic/elect-leaders.ts';

export const planCreateTopicAction = expose(planCreateTopic);
export const createTopicAction = expose(createTopic);
export const planConfigureTopicsAction = expose(planConfigureTopics);
export const configureTopicsAction = expose(configureTopics);
export const planAddPartitionsAction = expose(planAddPartitions);
export const addPartitionsAction = expose(addPartitions);
export const planDeleteRecordsAction = expose(planDeleteRecords);
export const deleteRecordsAction = expose(deleteRecords);
export const planDeleteTopicsAction = expose(planDeleteTopics);
export const deleteTopicsAction = expose(deleteTopics);
export const planElectLeadersAction = expose(planElectLeaders);
export const electLeadersAction = expose(electLeaders);
