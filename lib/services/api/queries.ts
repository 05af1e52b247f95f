import type { AnyQuery } from '#lib/operations/define-query.ts';
import { listAudit } from '../audit/list-audit.ts';
import { listBoardLinks } from '../board/list-board-links.ts';
import { listBoards } from '../board/list-boards.ts';
import { readBoard } from '../board/read-board.ts';
import { viewBoard } from '../board/view-board.ts';
import { listBrokerConfigs } from '../broker/list-broker-configs.ts';
import { listBrokers } from '../broker/list-brokers.ts';
import { readBroker } from '../broker/read-broker.ts';
import { listChannels } from '../channel/list-channels.ts';
import { listClusters } from '../cluster/list-clusters.ts';
import { listEvents } from '../cluster/list-events.ts';
import { readCluster } from '../cluster/read-cluster.ts';
import { readOverview } from '../cluster/read-overview.ts';
import { listConnectors } from '../connector/list-connectors.ts';
import { searchFleet } from '../fleet/search-fleet.ts';
import { listGroups } from '../group/list-groups.ts';
import { listPositions } from '../group/list-positions.ts';
import { listResets } from '../group/list-resets.ts';
import { readGroup } from '../group/read-group.ts';
import { countIncidents } from '../incident/count-incidents.ts';
import { listIncidents } from '../incident/list-incidents.ts';
import { readIncident } from '../incident/read-incident.ts';
import { listMasks } from '../mask/list-masks.ts';
import { checkFilter } from '../message/check-filter.ts';
import { listFields } from '../message/list-fields.ts';
import { listMessages } from '../message/list-messages.ts';
import { listProduceSubjects, readProduceExample } from '../message/produce-options.ts';
import { readExport } from '../message/read-export.ts';
import { readMessage } from '../message/read-message.ts';
import { listSeriesKinds } from '../metric/list-series-kinds.ts';
import { listSeriesNames } from '../metric/list-series-names.ts';
import { listTopSeries } from '../metric/list-top-series.ts';
import { readHistory } from '../metric/read-history.ts';
import { readSeries } from '../metric/read-series.ts';
import { listNotices } from '../notice/list-notices.ts';
import { listRoutes } from '../route/list-routes.ts';
import { exportRules } from '../rule/export-rules.ts';
import { listRules } from '../rule/list-rules.ts';
import { readRule } from '../rule/read-rule.ts';
import { listSearches } from '../search/list-searches.ts';
import { readSerdes } from '../serde/read-serdes.ts';
import { listSessions } from '../session/list-sessions.ts';
import { listSilences } from '../silence/list-silences.ts';
import { listTemplates } from '../template/list-templates.ts';
import { listTokens } from '../token/list-tokens.ts';
import { listTopicConfigs } from '../topic/list-topic-configs.ts';
import { listTopics } from '../topic/list-topics.ts';
import { readTopic } from '../topic/read-topic.ts';
import { listUsers } from '../user/list-users.ts';

/** Every query that is served under `/api/v1`. A test holds it against the routes. */
export const queries: readonly AnyQuery[] = [
  listAudit,
  listBoards,
  readBoard,
  viewBoard,
  listBoardLinks,
  listBrokers,
  listClusters,
  listGroups,
  listMasks,
  listPositions,
  listRules,
  readRule,
  exportRules,
  listSearches,
  readSerdes,
  listSessions,
  listTokens,
  listTopics,
  listMessages,
  checkFilter,
  listFields,
  readMessage,
  listProduceSubjects,
  readProduceExample,
  listTemplates,
  readExport,
  readBroker,
  readCluster,
  readGroup,
  listResets,
  listConnectors,
  readTopic,
  listTopicConfigs,
  readOverview,
  readSeries,
  readHistory,
  listSeriesNames,
  listSeriesKinds,
  listTopSeries,
  listEvents,
  searchFleet,
  listUsers,
  listBrokerConfigs,
  countIncidents,
  listIncidents,
  readIncident,
  listSilences,
  listChannels,
  listRoutes,
  listNotices,
];
