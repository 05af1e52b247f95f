import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#lib/gateways/database/client.ts';
import { appendSample } from '#lib/gateways/database/series.ts';
import { BoardView } from '#lib/model/board.ts';
import { openTestServices, type TestServices } from '#lib/testing/services.ts';
import { act, ask, clusterId, refused } from '#lib/testing/topic-suite.ts';
import { createBoard } from './create-board.ts';
import { deleteBoard } from './delete-board.ts';
import { listBoards } from './list-boards.ts';
import { pinTile } from './pin-tile.ts';
import { readBoard } from './read-board.ts';
import { revokeBoardLink } from './revoke-board-link.ts';
import { serveWall } from './serve-wall.ts';
import { shareBoard } from './share-board.ts';
import { updateBoard } from './update-board.ts';
import { viewBoard } from './view-board.ts';

/** Boards and the links that show them, against a database of the suite's own. */
let services: TestServices;

beforeAll(async () => {
  services = await openTestServices({ id: clusterId });
  const now = Date.now();
  for (let i = 60; i > 0; i--)
    await appendSample(clusterId, now - i * 5_000, [
      { kind: 'topic.records-in', name: 'shop.orders', value: 20 },
      { kind: 'topic.records-in', name: 'spiky', value: i === 20 ? 90 : 1 },
      { kind: 'group.records-out', name: 'billing', value: i > 30 ? 10 : Number.NaN },
      { kind: 'group.lag', name: 'billing', value: i },
    ]);
});
afterAll(async () => services.close());

const series = (kind: 'topic.records-in' | 'group.records-out' | 'group.lag', name: string) => ({
  ...{ clusterId, kind, name },
});
const inAndOut = {
  id: 'in-and-out',
  title: 'Events of shop.orders',
  series: [series('topic.records-in', 'shop.orders'), series('group.records-out', 'billing')],
  reduce: 'total' as const,
  window: '10m' as const,
  target: { side: 'at-least' as const, value: 5_000 },
};
const lag = { id: 'lag', title: 'Lag', series: [series('group.lag', 'billing')] };
const made = async (name: string, tiles: (typeof inAndOut | typeof lag)[] = [inAndOut]) =>
  (await act(createBoard, { name, tiles })).value.id;

const wall = async (token: string) => {
  const request = new Request('http://localhost/api/v1/wall/x');
  const answer = await serveWall(request, { params: Promise.resolve({ token }) });
  return { status: answer.status, body: await answer.json() };
};

describe('a board', () => {
  it('counts events in and out over its window, against a target, and leaves a pause out', async () => {
    const boardId = await made('In and out', [inAndOut, lag]);
    const view = await ask(viewBoard, { boardId });
    const [events, waiting] = view.tiles;
    // Sixty points of 20 a second, five seconds apart; of the reader only the first half is known.
    expect(events?.values[0]).toMatchObject({
      value: 6_000,
      unit: 'records',
      isMet: true,
      clusterName: 'Test cluster',
    });
    expect(events?.values[1]).toMatchObject({ value: 1_500, isMet: false });
    expect(waiting?.values[0]).toMatchObject({ value: 1, unit: 'records', isMet: null });
    expect(waiting?.values[0]?.trend).toHaveLength(60);
    expect(Date.parse(waiting?.values[0]?.asOf ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('calls nothing "now" that is long past, and shows the most of a long window as it was', async () => {
    const target = { side: 'at-least' as const, value: 5 };
    const tiles = [
      { ...lag, series: [series('group.records-out', 'billing')], target },
      { ...lag, id: 'most', series: [series('topic.records-in', 'spiky')], reduce: 'max' as const },
      { ...lag, id: 'least', series: [series('topic.records-in', 'spiky')], reduce: 'min' as const },
    ].map((tile) => ({ ...tile, window: '7d' as const }));
    const { id } = (await act(createBoard, { name: 'Long', tiles })).value;
    const view = await ask(viewBoard, { boardId: id });
    expect(view.tiles.map(({ values }) => values[0])).toMatchObject([
      { value: null, why: 'Nothing is known of the last 1 min.', asOf: null, isMet: null },
      { value: 90 },
      { value: 1 },
    ]);
  });

  it('says what it does not know, and of a cluster that is gone', async () => {
    const tiles = [
      { ...lag, series: [series('group.lag', 'nobody')] },
      { ...lag, id: 'gone', series: [{ ...series('group.lag', 'billing'), clusterId: 'gone' }] },
    ];
    const { id } = (await act(createBoard, { name: 'Unknown', tiles })).value;
    const view = await ask(viewBoard, { boardId: id });
    expect(view.tiles.map(({ values }) => values[0])).toMatchObject([
      { value: null, why: 'Nothing is known of the last 1 min.', asOf: null, isMet: null },
      { value: null, why: 'Cluster gone is not in Millrace any more.' },
    ]);
  });

  it('is changed by who saw its newest version, and takes pins beside that', async () => {
    const boardId = await made('Edited');
    const seen = await ask(readBoard, { boardId });
    const { name, note, tiles } = seen;
    const { id: _id, ...pinned } = lag;
    await act(pinTile, { boardId, tile: pinned });
    const late = await refused(updateBoard, { boardId, version: seen.version, name, note, tiles });
    expect(late.code).toBe('board.changed');
    const now = await ask(readBoard, { boardId });
    expect(now.tiles.map(({ title }) => title)).toEqual(['Events of shop.orders', 'Lag']);
    await act(updateBoard, { boardId, version: now.version, name: 'Renamed', note: '', tiles: [] });
    expect((await ask(listBoards, {})).boards).toContainEqual(
      expect.objectContaining({ id: boardId, name: 'Renamed', tiles: 0, version: now.version + 1 }),
    );
  });

  it('takes every pin when several people pin at once', async () => {
    const boardId = await made('Pinned', []);
    const { id: _id, ...tile } = lag;
    await Promise.all([1, 2, 3].map((n) => act(pinTile, { boardId, tile: { ...tile, title: `Pin ${n}` } })));
    const titles = (await ask(readBoard, { boardId })).tiles.map(({ title }) => title);
    expect(titles.sort()).toEqual(['Pin 1', 'Pin 2', 'Pin 3']);
  });

  it('is refused with a name that is taken, a total of what is no rate, and two tiles of one id', async () => {
    await made('Taken');
    expect((await refused(createBoard, { name: 'Taken', tiles: [] })).fields?.name).toBe(
      'This name is taken.',
    );
    const total = await refused(createBoard, { name: 'No rate', tiles: [{ ...lag, reduce: 'total' }] });
    expect(total.fields?.['tiles.0.reduce']).toContain('Lag is no rate');
    const twice = await refused(createBoard, { name: 'Twice', tiles: [lag, lag] });
    expect(twice.fields?.tiles).toBe('Two tiles have the same id.');
  });
});

describe('a link to a board', () => {
  it('shows that board and nothing else without a sign-in, until it is revoked', async () => {
    const boardId = await made('On the wall');
    await made('Not on the wall', [lag]);
    const { token, url, link } = (await act(shareBoard, { boardId, label: 'Third floor', days: 30 })).value;
    expect(new URL(url).pathname).toBe(`/wall/${token}`);
    const shown = await wall(token);
    expect(shown.status).toBe(200);
    expect(shown.body).toEqual(JSON.parse(JSON.stringify(BoardView.strict().parse(shown.body))));
    expect(shown.body).toMatchObject({
      boardId,
      name: 'On the wall',
      tiles: [{ title: 'Events of shop.orders' }],
    });
    expect(JSON.stringify(shown.body)).not.toContain('Not on the wall');
    expect((await ask(readBoard, { boardId })).links).toBe(1);
    await act(revokeBoardLink, { boardId, linkId: link.id });
    expect(await wall(token)).toMatchObject({ status: 401, body: { code: 'wall.closed' } });
    expect((await refused(revokeBoardLink, { boardId, linkId: link.id })).code).toBe('board.link-not-found');
    expect((await ask(readBoard, { boardId })).links).toBe(0);
  });

  it('shows nothing when it has ended, when its board is gone, or when it never was', async () => {
    const boardId = await made('Short');
    const { token, link } = (await act(shareBoard, { boardId, label: 'A day', days: 1 })).value;
    await pool().query(`UPDATE board_links SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      link.id,
    ]);
    expect((await wall(token)).status).toBe(401);
    const other = (await act(shareBoard, { boardId, label: 'Another', days: 1 })).value;
    expect((await wall(other.token)).status).toBe(200);
    await act(deleteBoard, { boardId });
    expect((await wall(other.token)).status).toBe(401);
    for (const wrong of ['', 'x'.repeat(5_000), other.token.slice(1), '\u0000'])
      expect((await wall(wrong)).status).toBe(401);
  });

  it('is kept as a hash only', async () => {
    const boardId = await made('Hashed');
    const { value, audit } = await act(shareBoard, { boardId, label: 'Wall', days: 1 });
    const { rows } = await pool().query('SELECT * FROM board_links WHERE board_id = $1', [boardId]);
    const { rows: audited } = await pool().query('SELECT * FROM audit_events');
    expect(audited.length).toBeGreaterThan(0);
    expect(JSON.stringify([rows, audited, audit])).not.toContain(value.token);
  });
});
