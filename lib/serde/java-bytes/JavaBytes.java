import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.Duration;
import com.google.protobuf.Int64Value;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.DoubleSerializer;
import org.apache.kafka.common.serialization.FloatSerializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.UUIDSerializer;
import org.apache.kafka.connect.mirror.Checkpoint;
import org.apache.kafka.connect.mirror.Heartbeat;

/** Prints what Java's own serializers write: a name, the bytes in hex, and the value as JSON, between tabs. */
public class JavaBytes {
    static final JsonNodeFactory json = JsonNodeFactory.instance;
    static final ObjectMapper mapper = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        for (long value : new long[] {0, 1, -1, 9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE})
            print("int64", new LongSerializer().serialize("t", value), String.valueOf(value));
        for (int value : new int[] {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
            print("int32", new IntegerSerializer().serialize("t", value), String.valueOf(value));
        for (float value : new float[] {0.1f, -3.25f, 1e10f})
            print("float", new FloatSerializer().serialize("t", value), String.valueOf(value));
        for (double value : new double[] {0.1, -1e-7, 12345678.9})
            print("double", new DoubleSerializer().serialize("t", value), String.valueOf(value));
        UUID uuid = UUID.fromString("f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
        print("uuid", new UUIDSerializer().serialize("t", uuid), "\"" + uuid + "\"");
        avro(args[0]);
        protobuf();
        mirror();
    }

    static void avro(String schemaText) throws Exception {
        Schema schema = new Schema.Parser().parse(schemaText);
        for (Object value : new RandomData(schema, 300, 42L)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<Object>(schema).write(value, encoder);
            encoder.flush();
            print("avro", out.toByteArray(), mapper.writeValueAsString(tree(value)));
        }
    }

    static JsonNode tree(Object value) {
        if (value == null) return json.nullNode();
        if (value instanceof IndexedRecord record) {
            ObjectNode node = json.objectNode();
            for (Schema.Field field : record.getSchema().getFields()) node.set(field.name(), tree(record.get(field.pos())));
            return node;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode node = json.objectNode();
            map.forEach((key, one) -> node.set(key.toString(), tree(one)));
            return node;
        }
        if (value instanceof Iterable<?> items) {
            ArrayNode node = json.arrayNode();
            items.forEach(one -> node.add(tree(one)));
            return node;
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return json.binaryNode(copy);
        }
        if (value instanceof GenericFixed fixed) return json.binaryNode(fixed.bytes());
        if (value instanceof Integer number) return json.numberNode(number);
        if (value instanceof Long number) return json.numberNode(number);
        if (value instanceof Float number) return json.numberNode(number);
        if (value instanceof Double number) return json.numberNode(number);
        if (value instanceof Boolean flag) return json.booleanNode(flag);
        return json.textNode(value.toString());
    }

    static void protobuf() throws Exception {
        message("google.protobuf.FileDescriptorProto", DescriptorProtos.getDescriptor().toProto());
        message("google.protobuf.Timestamp", Timestamp.newBuilder().setSeconds(-1).setNanos(1_000).build());
        message("google.protobuf.Timestamp", Timestamp.newBuilder().setSeconds(1763728375).setNanos(123_000_000).build());
        message("google.protobuf.Duration", Duration.newBuilder().setSeconds(-3).setNanos(-1).build());
        message("google.protobuf.Int64Value", Int64Value.of(-5));
        Struct struct = Struct.newBuilder()
            .putFields("text", Value.newBuilder().setStringValue("ä€").build())
            .putFields("none", Value.newBuilder().setNullValueValue(0).build())
            .putFields("inner", Value.newBuilder().setStructValue(Struct.newBuilder()
                .putFields("n", Value.newBuilder().setNumberValue(1.5).build())).build())
            .build();
        message("google.protobuf.Struct", struct);
        Message any = Any.pack(DescriptorProtos.FileDescriptorProto.newBuilder().setName("x.proto").build());
        var types = JsonFormat.TypeRegistry.newBuilder().add(DescriptorProtos.FileDescriptorProto.getDescriptor()).build();
        var printer = JsonFormat.printer().usingTypeRegistry(types).preservingProtoFieldNames().omittingInsignificantWhitespace();
        print("google.protobuf.Any", any.toByteArray(), printer.print(any));
    }

    /** MirrorMaker keeps these to its own package. */
    static void mirror() throws Exception {
        Object checkpoint = new Checkpoint("g", new TopicPartition("t", 3), 10L, 11L, "m");
        printPart("mirror-checkpoints key", checkpoint, "recordKey", "{\"group\":\"g\",\"topic\":\"t\",\"partition\":3}");
        printPart("mirror-checkpoints value", checkpoint, "recordValue",
            "{\"upstreamOffset\":10,\"offset\":11,\"metadata\":\"m\"}");
        Object heartbeat = new Heartbeat("a", "b", 12L);
        printPart("mirror-heartbeats key", heartbeat, "recordKey", "{\"sourceClusterAlias\":\"a\",\"targetClusterAlias\":\"b\"}");
        printPart("mirror-heartbeats value", heartbeat, "recordValue", "{\"timestamp\":12}");
        Class<?> type = Class.forName("org.apache.kafka.connect.mirror.OffsetSync");
        var make = type.getDeclaredConstructors()[0];
        make.setAccessible(true);
        Object sync = make.newInstance(new TopicPartition("t", 3), 10L, 11L);
        printPart("mirror-offset-syncs key", sync, "recordKey", "{\"topic\":\"t\",\"partition\":3}");
        printPart("mirror-offset-syncs value", sync, "recordValue", "{\"upstreamOffset\":10,\"offset\":11}");
    }

    static void printPart(String name, Object record, String method, String text) throws Exception {
        var part = record.getClass().getDeclaredMethod(method);
        part.setAccessible(true);
        print(name, (byte[]) part.invoke(record), text);
    }

    static void message(String name, Message message) throws Exception {
        var printer = JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
        print(name, message.toByteArray(), printer.print(message));
    }

    static void print(String name, byte[] bytes, String text) {
        System.out.println(name + "\t" + HexFormat.of().formatHex(bytes) + "\t" + text.replace("\n", " "));
    }
}
