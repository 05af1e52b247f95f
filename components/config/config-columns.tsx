import type { Column } from '#components/data-table/column.ts';
import { Button } from '#components/ui/button.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { ConfigChanges, ConfigEntry } from '#lib/model/config.ts';
import { humanValue } from './human-value.ts';

type Change = ConfigChanges[number];

/** Where a value comes from, in words. */
export const sourceWords: Record<ConfigEntry['source'], string> = {
  topic: 'Set here',
  'broker-dynamic': 'Broker, changed while running',
  'broker-default-dynamic': 'All brokers, changed while running',
  'broker-static': 'Broker file',
  group: 'Group',
  default: 'Default of Kafka',
  unknown: 'Unknown',
};

/** A raw value with its human form small beside it. */
export function ConfigValue({ name, value }: { name: string; value: string | null }) {
  if (value === null) return <span className="text-ink-3">Kafka does not tell</span>;
  if (value === '') return <span className="text-ink-3">Empty</span>;
  const human = humanValue(name, value);
  return (
    <>
      <span className="name wrap-anywhere">{value}</span>
      {human ? <span className="u">{human}</span> : null}
    </>
  );
}

/** The first sentence of a documentation, without its markup. */
export function firstSentence(documentation: string | null): string {
  const text = plainText(documentation);
  const end = text.search(/[.](\s|$)/);
  return end < 0 ? text : text.slice(0, end + 1);
}

/** Kafka writes its documentation with a few HTML tags; here it is read as text. */
export const plainText = (documentation: string | null): string =>
  (documentation ?? '')
    .replaceAll(/<[^>]{1,80}>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();

export function configColumns({
  changes,
  ownSource,
  onEdit,
}: {
  changes: ReadonlyMap<string, Change>;
  ownSource: ConfigEntry['source'];
  /** Null where the one who looks may not change anything. */
  onEdit: ((name: string) => void) | null;
}): Column<ConfigEntry>[] {
  return [
    {
      id: 'name',
      header: 'Key',
      cell: (entry) => (
        <span className="block max-w-[560px]">
          <span className="name">{entry.name}</span>
          <span className="block truncate text-xs text-ink-3">{firstSentence(entry.documentation)}</span>
        </span>
      ),
    },
    {
      id: 'value',
      header: 'Value',
      cell: (entry) => {
        const change = changes.get(entry.name);
        return (
          <span className="block max-w-[320px] whitespace-normal" title={entry.value ?? undefined}>
            {entry.isSensitive ? (
              <span className="text-ink-3">Hidden</span>
            ) : (
              <span className="line-clamp-2">
                <ConfigValue name={entry.name} value={entry.value} />
              </span>
            )}
            {change ? (
              <span className="block text-xs text-water">
                becomes{' '}
                {change.op === 'set' ? <ConfigValue name={entry.name} value={change.value} /> : 'the default'}
              </span>
            ) : null}
          </span>
        );
      },
    },
    {
      id: 'default',
      header: 'Default',
      rank: 2,
      cell: (entry) => (
        <span className="block max-w-[220px] truncate text-ink-2">
          <ConfigValue name={entry.name} value={entry.defaultValue} />
        </span>
      ),
    },
    {
      id: 'source',
      header: 'Source',
      rank: 1,
      cell: (entry) =>
        entry.source === ownSource ? (
          <Tag tone="water">Set here</Tag>
        ) : (
          <span className="text-ink-2">{sourceWords[entry.source]}</span>
        ),
    },
    {
      id: 'edit',
      header: 'Edit',
      isHeadHidden: true,
      isFixed: true,
      rank: 1,
      align: 'right',
      cell: (entry) =>
        onEdit === null || entry.isReadOnly ? null : (
          <Button size="sm" aria-label={`Edit ${entry.name}`} onClick={() => onEdit(entry.name)}>
            Edit
          </Button>
        ),
    },
  ];
}
