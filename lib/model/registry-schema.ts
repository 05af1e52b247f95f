export const schemaTypes = ['AVRO', 'PROTOBUF', 'JSON'] as const;
export type SchemaType = (typeof schemaTypes)[number];

/** A schema as a registry keeps it, with all that is needed to read by it. */
export type RegistrySchema = {
  /** A number, or a GUID in lower case. */
  id: string;
  type: SchemaType;
  text: string;
  /** References come before who uses them. */
  references: { name: string; text: string }[];
  /** Where the registry says the id is used, if it says so. */
  subjects: { subject: string; version: number }[];
};
