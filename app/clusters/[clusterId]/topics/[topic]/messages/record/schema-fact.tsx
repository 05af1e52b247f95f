import type { MessageField } from '#lib/model/message.ts';

const typeWords = { AVRO: 'Avro', PROTOBUF: 'Protobuf', JSON: 'JSON Schema' } as const;

/** The schema a field was written by: its id, and what the registry says of it. Nothing where there is none. */
export function SchemaFact({ label, schema }: { label: string; schema: MessageField['schema'] }) {
  if (schema === null) return null;
  const { id, type, subject, version, name } = schema;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {type === null ? 'Type unknown' : typeWords[type]}, id <span className="name">{id}</span>
        {version === null ? '' : `, version ${version}`}
        {subject === null ? null : (
          <>
            {' '}
            <span className="text-ink-3">of</span>{' '}
            <span className="name [overflow-wrap:anywhere]">{subject}</span>
          </>
        )}
        {name === null ? null : (
          <div className="text-ink-3">
            <span className="name [overflow-wrap:anywhere]">{name}</span>
          </div>
        )}
      </dd>
    </>
  );
}
