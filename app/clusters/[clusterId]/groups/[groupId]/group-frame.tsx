'use client';

import { Ellipsis } from 'lucide-react';
import { useRouter, useSelectedLayoutSegment } from 'next/navigation';
import { useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { PartialLine, StaleLine } from '#components/feedback/faces.tsx';
import { isWorkerGroup, kindFact } from '#components/group/group-kind.ts';
import { groupStateWords, isRebalancing, LagStateMark } from '#components/group/group-state.tsx';
import { standingWords } from '#components/group/lag-words.ts';
import { paceOf } from '#components/race/race-position.ts';
import { Page } from '#components/shell/bar.tsx';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Mark, State } from '#components/ui/mark.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { formatAge, formatCount } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';
import type { GroupsViewer } from '../groups-viewer.ts';
import { EarlierResets } from './earlier-resets.tsx';
import { GroupPlans } from './plans/group-plans.tsx';
import { useGroupPlan } from './plans/use-group-plan.ts';
import { useGroup } from './use-group.ts';

const faces = { overview: 'Overview', members: 'Members', metrics: 'Metrics' } as const;
type Face = keyof typeof faces;

/** The head of a group and its faces. Plans open over any of them, by `plan` in the address. */
export function GroupFrame({
  viewer,
  groupId,
  initial,
  isMissing,
  children,
}: {
  viewer: GroupsViewer;
  groupId: string;
  initial: GroupDetail | undefined;
  /** There is no such group: it has no faces then. */
  isMissing: boolean;
  children: ReactNode;
}) {
  const { clusterId } = viewer;
  const face = (useSelectedLayoutSegment() ?? 'overview') as Face;
  const live = useGroup(clusterId, groupId, initial);
  const [range] = useQueryState('range');
  const data = live.data;
  const search = { range };
  const hrefs: Record<Face, string> = {
    overview: paths.group(clusterId, groupId, search),
    members: paths.groupMembers(clusterId, groupId),
    metrics: paths.groupMetrics(clusterId, groupId, search),
  };
  return (
    <Page
      crumbs={[
        { label: viewer.clusterName, href: paths.overview(clusterId) },
        { label: 'Groups', href: paths.groups(clusterId) },
        ...(face === 'overview'
          ? [{ label: groupId, isName: true }]
          : [{ label: groupId, href: hrefs.overview, isName: true }, { label: faces[face] ?? 'Group' }]),
      ]}
      hasRange={face !== 'members' && !isMissing}
    >
      <PageHead
        kind="name"
        title={groupId}
        tag={viewer.isReadOnly ? <Tag tone="line">Read-only cluster</Tag> : null}
        facts={data ? factsOf(data) : []}
        actions={data ? <Actions viewer={viewer} group={data} /> : null}
      />
      {isMissing ? null : (
        <Tabs
          label={`Faces of ${groupId}`}
          tabs={(Object.keys(faces) as Face[]).map((each) => ({
            href: hrefs[each],
            label: faces[each],
            note: each === 'members' && data?.members ? formatCount(data.members) : undefined,
            isCurrent: each === face,
          }))}
        />
      )}
      {live.problem && data?.asOf ? <StaleLine seenAt={data.asOf} onReconnect={live.refetch} /> : null}
      {data ? <PartialLine missing={data.missing} /> : null}
      {children}
      {isMissing ? <GoneGroup viewer={viewer} groupId={groupId} /> : null}
      {data ? <GroupPlans viewer={viewer} group={data} onChanged={live.refetch} /> : null}
    </Page>
  );
}

/** A group that was deleted here leads back to where it stood; undoing makes it again. */
function GoneGroup({ viewer, groupId }: { viewer: GroupsViewer; groupId: string }) {
  const router = useRouter();
  return <EarlierResets viewer={viewer} groupId={groupId} onChanged={() => router.refresh()} />;
}

function Actions({ viewer, group }: { viewer: GroupsViewer; group: GroupDetail }) {
  const { may, clusterId } = viewer;
  const [, setPlan] = useGroupPlan();
  const hasOffsets = !isWorkerGroup(group);
  const committed = group.partitions.some((row) => row.committedOffset !== null);
  return (
    <>
      {may.alert ? (
        <ButtonLink
          href={paths.newAlertRule({
            cluster: clusterId,
            kind: hasOffsets ? 'group.lag-time' : 'group.members',
            name: group.groupId,
          })}
        >
          Alert me
        </ButtonLink>
      ) : null}
      {may.delete ? (
        <Menu
          trigger={
            <Button isSquare aria-label={`Actions on ${group.groupId}`}>
              <Ellipsis className="ic" aria-hidden="true" />
            </Button>
          }
        >
          {hasOffsets ? (
            <>
              <MenuItem
                isDanger
                onSelect={() => setPlan('delete-offsets')}
                isDisabled={!committed}
                reason={committed ? undefined : 'Nothing is committed.'}
              >
                Delete offsets of a topic
              </MenuItem>
              <MenuSeparator />
            </>
          ) : null}
          <MenuItem isDanger onSelect={() => setPlan('delete')}>
            Delete group
          </MenuItem>
        </Menu>
      ) : null}
      {may.reset && hasOffsets ? (
        <Button variant="primary" onClick={() => setPlan('reset')}>
          Reset offsets
        </Button>
      ) : null}
    </>
  );
}

/** One line: how it stands, what it is, who coordinates it. */
function factsOf(group: GroupDetail): ReactNode[] {
  const hasLag = group.lag !== null && group.partitions.length > 0;
  return [
    group.state === 'unknown' ? (
      <State key="state" mark="unknown">
        State not known
      </State>
    ) : hasLag && group.lag ? (
      <LagStateMark key="state" state={group.lag.state}>
        {standingWords(group.lag)}
      </LagStateMark>
    ) : null,
    pressing(group.lag),
    isRebalancing(group.groupState) ? (
      <State key="kafka" mark="work">
        {groupStateWords(group.groupState)}
      </State>
    ) : hasLag || group.groupState === 'Empty' ? null : (
      groupStateWords(group.groupState)
    ),
    kindFact(group),
    group.protocol ? (
      <>
        assigned by <span className="name">{group.protocol}</span>
      </>
    ) : null,
    group.epoch === null || group.memberList.length === 0 ? null : epochWords(group),
    group.coordinator === null ? null : `Coordinator broker ${group.coordinator}`,
  ];
}

/** Said in the head once retention wins within the hour; the clock stands below. */
function pressing(lag: GroupDetail['lag']): ReactNode {
  if (lag === null || lag.loss.kind !== 'in' || paceOf(lag) !== 'losing') return null;
  return (
    <span key="loss" className="critical">
      <Mark name="critical" />{' '}
      <b>
        {lag.loss.ms <= 0
          ? 'Unread records are past retention'
          : `Unread records are deleted in ${formatAge(lag.loss.ms)}`}
      </b>
    </span>
  );
}

/** KIP-848: members move towards the newest epoch one by one. */
function epochWords({ epoch, assignmentEpoch, memberList }: GroupDetail): string {
  const behind = memberList.filter((member) => member.epoch !== null && member.epoch !== epoch).length;
  if (assignmentEpoch !== null && assignmentEpoch !== epoch)
    return `Epoch ${epoch}, assignment still of epoch ${assignmentEpoch}`;
  return behind > 0
    ? `Epoch ${epoch}, ${behind} of ${memberList.length} members not there yet`
    : `Epoch ${epoch}`;
}
