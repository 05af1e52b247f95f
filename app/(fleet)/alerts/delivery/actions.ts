'use server';

import { expose } from '#lib/operations/expose.ts';
import { createChannel } from '#lib/services/channel/create-channel.ts';
import { deleteChannel } from '#lib/services/channel/delete-channel.ts';
import { testChannel } from '#lib/services/channel/test-channel.ts';
import { updateChannel } from '#lib/services/channel/update-channel.ts';
import { retryNotice } from '#lib/services/notice/retry-notice.ts';
import { createRoute } from '#lib/services/route/create-route.ts';
import { deleteRoute } from '#lib/services/route/delete-route.ts';
import { updateRoute } from '#lib/services/route/update-route.ts';

export const createChannelAction = expose(createChannel);
export const updateChannelAction = expose(updateChannel);
export const deleteChannelAction = expose(deleteChannel);
export const testChannelAction = expose(testChannel);
export const createRouteAction = expose(createRoute);
export const updateRouteAction = expose(updateRoute);
export const deleteRouteAction = expose(deleteRoute);
export const retryNoticeAction = expose(retryNotice);
