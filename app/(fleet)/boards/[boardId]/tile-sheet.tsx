'use client';

import { useState } from 'react';
import { type ClusterChoice, SeriesFields } from '#components/board/series-fields.tsx';
import type { ViewedTile } from '#components/board/tile.tsx';
import { newTileCheck, tileOf, usualTitle, valuesOf } from '#components/board/tile-draft.ts';
import { TileFields } from '#components/board/tile-fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import type { BoardView, TileSeries } from '#lib/model/board.ts';
import { pinTileAction, updateBoardAction } from '../actions.ts';
import { contentOf, replaceTile } from '../change-tiles.ts';

/** A new tile at the end of the board, or one that is changed. */
export function TileSheet({
  board,
  tile,
  clusters,
  onClose,
}: {
  board: BoardView;
  tile: ViewedTile | null;
  clusters: readonly ClusterChoice[];
  onClose: () => void;
}) {
  // A board is mostly about one cluster: what is added begins with that of the tile before.
  const last = board.tiles.at(-1)?.series[0]?.clusterId;
  const first = clusters.find(({ id }) => id === last) ?? clusters[0];
  const [series, setSeries] = useState<TileSeries[]>(
    () =>
      tile?.series ??
      (first ? [{ clusterId: first.id, kind: 'cluster.records-in', name: '', label: '' }] : []),
  );
  const form = useActionForm({
    initial: valuesOf(tile, first ? usualTitle({ kind: 'cluster.records-in', name: '' }) : ''),
    toInput: (values) => tileOf(values, series),
    schema: newTileCheck,
    action: (input, once) =>
      tile
        ? updateBoardAction(
            {
              ...replaceTile(contentOf(board), { ...input, id: tile.id }),
              boardId: board.boardId,
              version: board.version,
            },
            once,
          )
        : pinTileAction({ boardId: board.boardId, tile: input }, once),
    onDone: onClose,
  });
  const change = (next: TileSeries[]) => {
    const [before] = series;
    const [after] = next;
    // A title that was made of the series goes along with it; one that was written stays.
    if (before && after && form.values.title === usualTitle(before))
      form.setValue('title', usualTitle(after));
    setSeries(next);
  };
  const words = tile ? 'Change tile' : 'Add tile';
  return (
    <Sheet
      isOpen
      onClose={onClose}
      kind="plan"
      title={tile ? 'Edit tile' : 'Add tile'}
      description={board.name}
    >
      <Form
        form={form}
        submit={words}
        problemTitle={tile ? 'Not changed.' : 'Not added.'}
        cancel={<Button onClick={onClose}>{tile ? 'Keep tile' : 'Add none'}</Button>}
      >
        <SeriesFields series={series} onSeries={change} clusters={clusters} />
        <TileFields form={form} series={series} />
      </Form>
    </Sheet>
  );
}
