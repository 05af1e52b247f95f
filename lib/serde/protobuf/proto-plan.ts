import type { DataValue } from '../decode-plan.ts';
import { type Scalar, scalarOf } from './proto-scalar.ts';
import { type Field, nameOf, protobuf, type Type } from './proto-schema.ts';

/** One field as the reader needs it. */
export interface FieldPlan {
  id: number;
  name: string;
  /** Its place among the fields of its message. */
  slot: number;
  kind: 'scalar' | 'message' | 'group' | 'map';
  isRepeated: boolean;
  scalar: Scalar | null;
  message: MessagePlan | null;
  /** Slots of the other members of its oneof. */
  rivals: readonly number[];
  /** What it is when it is absent; undefined when absence means something. */
  absent: (() => DataValue) | undefined;
  key: Scalar | null;
}

export interface MessagePlan {
  name: string;
  fields: FieldPlan[];
  byId: Map<number, FieldPlan>;
}

/** Plans of message types, each made once; they refer to each other and to themselves. */
export class ProtoPlans {
  private readonly known = new Map<Type, MessagePlan>();

  of(type: Type): MessagePlan {
    const known = this.known.get(type);
    if (known) return known;
    const plan: MessagePlan = { name: nameOf(type), fields: [], byId: new Map() };
    this.known.set(type, plan);
    type.fieldsArray.forEach((field, slot) => {
      const planned = this.field(field, slot, type);
      plan.fields.push(planned);
      plan.byId.set(field.id, planned);
    });
    return plan;
  }

  private field(field: Field, slot: number, type: Type): FieldPlan {
    const { Type: TypeOf, Enum: EnumOf, MapField: MapOf } = protobuf();
    const { resolvedType } = field;
    const isMap = field instanceof MapOf;
    const inner = resolvedType instanceof TypeOf ? resolvedType : null;
    const symbols = resolvedType instanceof EnumOf ? resolvedType.valuesById : null;
    const scalar = inner ? null : scalarOf(symbols ? 'enum' : field.type, symbols);
    const rivals = field.partOf
      ? field.partOf.fieldsArray.filter((one) => one !== field).map((one) => type.fieldsArray.indexOf(one))
      : [];
    const isDelimited = inner !== null && !isMap && field.delimited;
    return {
      id: field.id,
      // Extensions are called by their full name, as their JSON form has them.
      name: field.name.startsWith('.') ? `[${field.name.slice(1)}]` : field.name,
      slot,
      kind: isMap ? 'map' : isDelimited ? 'group' : inner ? 'message' : 'scalar',
      isRepeated: field.repeated,
      scalar,
      message: inner && this.of(inner),
      rivals,
      absent: absentOf(field, isMap, scalar),
      key: isMap ? scalarOf(field.keyType, null) : null,
    };
  }
}

function absentOf(field: Field, isMap: boolean, scalar: Scalar | null): (() => DataValue) | undefined {
  if (isMap) return () => ({});
  if (field.repeated) return () => [];
  if (field.hasPresence || field.partOf || !scalar) return undefined;
  const { absent } = scalar;
  return () => absent;
}
