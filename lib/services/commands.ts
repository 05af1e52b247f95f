import type { AnyCommand } from '#lib/operations/define-command.ts';
import type { AnyPlan } from '#lib/operations/define-plan.ts';
import { changePassword } from './account/change-password.ts';
import { createBoard } from './board/create-board.ts';
import { deleteBoard } from './board/delete-board.ts';
import { pinTile } from './board/pin-tile.ts';
import { revokeBoardLink } from './board/revoke-board-link.ts';
import { shareBoard } from './board/share-board.ts';
import { updateBoard } from './board/update-board.ts';
import { configureBroker, planConfigureBroker } from './broker/configure-broker.ts';
import { createChannel } from './channel/create-channel.ts';
import { deleteChannel } from './channel/delete-channel.ts';
import { testChannel } from './channel/test-channel.ts';
import { updateChannel } from './channel/update-channel.ts';
import { createCluster } from './cluster/create-cluster.ts';
import { deleteCluster } from './cluster/delete-cluster.ts';
import { testCluster } from './cluster/test-cluster.ts';
import { updateCluster } from './cluster/update-cluster.ts';
import { deleteGroup, planDeleteGroup } from './group/delete-group.ts';
import { deleteOffsets, planDeleteOffsets } from './group/delete-offsets.ts';
import { planResetOffsets, resetOffsets } from './group/reset-offsets.ts';
import { undoReset } from './group/undo-reset.ts';
import { acknowledgeIncident } from './incident/acknowledge-incident.ts';
import { noteIncident } from './incident/note-incident.ts';
import { createMask } from './mask/create-mask.ts';
import { deleteMask } from './mask/delete-mask.ts';
import { planUpdateMask, updateMask } from './mask/update-mask.ts';
import { planProduceMany, produceMany } from './message/produce-many.ts';
import { planProduceMessage, produceMessage } from './message/produce-message.ts';
import { configureHistory } from './metric/configure-history.ts';
import { retryNotice } from './notice/retry-notice.ts';
import { createRoute } from './route/create-route.ts';
import { deleteRoute } from './route/delete-route.ts';
import { updateRoute } from './route/update-route.ts';
import { adoptRules } from './rule/adopt-rules.ts';
import { createRule } from './rule/create-rule.ts';
import { deleteRule } from './rule/delete-rule.ts';
import { importRules, planImportRules } from './rule/import-rules.ts';
import { switchRule } from './rule/switch-rule.ts';
import { planUpdateRule, updateRule } from './rule/update-rule.ts';
import { deleteSearch } from './search/delete-search.ts';
import { pinColumns } from './search/pin-columns.ts';
import { saveSearch } from './search/save-search.ts';
import { overrideSerde } from './serde/override-serde.ts';
import { revokeSession } from './session/revoke-session.ts';
import { createSilence } from './silence/create-silence.ts';
import { endSilence } from './silence/end-silence.ts';
import { deleteTemplate } from './template/delete-template.ts';
import { saveTemplate } from './template/save-template.ts';
import { createToken } from './token/create-token.ts';
import { revokeToken } from './token/revoke-token.ts';
import { addPartitions, planAddPartitions } from './topic/add-partitions.ts';
import { configureTopics, planConfigureTopics } from './topic/configure-topics.ts';
import { createTopic, planCreateTopic } from './topic/create-topic.ts';
import { deleteRecords, planDeleteRecords } from './topic/delete-records.ts';
import { deleteTopics, planDeleteTopics } from './topic/delete-topics.ts';
import { electLeaders, planElectLeaders } from './topic/elect-leaders.ts';
import { inviteUser } from './user/invite-user.ts';
import { revokeInvite } from './user/revoke-invite.ts';
import { updateUser } from './user/update-user.ts';

/** Every verb that changes something, and every plan of one. The suite that walks all verbs takes them from here. */
export const commands: readonly (AnyCommand | AnyPlan)[] = [
  createCluster,
  deleteCluster,
  updateCluster,
  produceMessage,
  planProduceMessage,
  produceMany,
  planProduceMany,
  saveTemplate,
  deleteTemplate,
  createMask,
  updateMask,
  planUpdateMask,
  deleteMask,
  adoptRules,
  createRule,
  updateRule,
  planUpdateRule,
  switchRule,
  deleteRule,
  importRules,
  planImportRules,
  saveSearch,
  pinColumns,
  deleteSearch,
  overrideSerde,
  createBoard,
  updateBoard,
  deleteBoard,
  pinTile,
  shareBoard,
  revokeBoardLink,
  resetOffsets,
  planResetOffsets,
  undoReset,
  deleteGroup,
  planDeleteGroup,
  deleteOffsets,
  planDeleteOffsets,
  createToken,
  revokeToken,
  addPartitions,
  planAddPartitions,
  configureTopics,
  planConfigureTopics,
  createTopic,
  planCreateTopic,
  deleteRecords,
  planDeleteRecords,
  deleteTopics,
  planDeleteTopics,
  electLeaders,
  planElectLeaders,
  changePassword,
  testCluster,
  revokeSession,
  inviteUser,
  revokeInvite,
  updateUser,
  configureBroker,
  configureHistory,
  planConfigureBroker,
  acknowledgeIncident,
  noteIncident,
  createSilence,
  endSilence,
  createChannel,
  updateChannel,
  deleteChannel,
  testChannel,
  createRoute,
  updateRoute,
  deleteRoute,
  retryNotice,
];
