package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks over the fields of one serialised protobuf message exactly as Go's protobuf runtime does, which is what decides in
 * Fabric. The Java runtime cannot stand in for it: it refuses groups nested deeper than 100, re-encodes unknown fields and
 * reads some malformed tags that Go refuses. Groups are skipped without recursion, so no input can exhaust the stack.
 */
final class FieldCursor {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private static final long MAX_FIELD_NUMBER = (1L << 29) - 1;

    /** What Go allows inside of groups, where it does not look at field numbers as closely. */
    private static final long MAX_NESTED_FIELD_NUMBER = Integer.MAX_VALUE;

    /** Go gives up when a group lies inside of this many others and one more. */
    private static final int MAX_GROUPS = 10_001;

    private final ByteString bytes;
    private int position;
    private boolean wellFormed = true;
    private int number;
    private int wireType;
    private boolean tagMinimal;
    private int lengthStart;
    private int valueStart;

    FieldCursor(ByteString bytes) {
        this.bytes = bytes;
    }

    /** Goes to the next field; false at the end and where the message is malformed ({@link #isWellFormed} tells which). */
    boolean next() {
        if (!wellFormed || position == bytes.size()) {
            return false;
        }
        int start = position;
        long tag = varint();
        long field = tag >>> 3;
        if (!wellFormed || field < 1 || field > MAX_FIELD_NUMBER) {
            return malformed();
        }
        number = (int) field;
        wireType = (int) (tag & 7);
        tagMinimal = position - start == sizeOf(tag);
        valueStart = position;
        return wireType == BYTES ? readBytes() : skip(wireType, number);
    }

    /** Whether everything so far was well-formed. */
    boolean isWellFormed() {
        return wellFormed;
    }

    int number() {
        return number;
    }

    /** Whether the current field has this number and holds bytes, a string or a message. */
    boolean isBytes(int wanted) {
        return number == wanted && wireType == BYTES;
    }

    /** Whether the current field has this number and holds a varint. */
    boolean isVarint(int wanted) {
        return number == wanted && wireType == VARINT;
    }

    /** Whether the current field's tag is in its shortest form. */
    boolean isTagMinimal() {
        return tagMinimal;
    }

    /** Whether tag and length of the current field, which holds bytes, are both in their shortest forms. */
    boolean isMinimal() {
        return tagMinimal && valueStart - lengthStart == sizeOf(position - valueStart);
    }

    /** Length of the current field's value, which holds bytes. */
    int length() {
        return position - valueStart;
    }

    /** The current field's value, which holds bytes; shares memory with the message. */
    ByteString value() {
        return bytes.substring(valueStart, position);
    }

    /** The current field's value, which is a varint. */
    long varintValue() {
        int end = position;
        position = valueStart;
        long value = varint();
        position = end;
        return value;
    }

    private boolean readBytes() {
        lengthStart = position;
        long length = varint();
        valueStart = position;
        return wellFormed && advance(length);
    }

    private boolean skip(int type, int field) {
        return switch (type) {
            case VARINT -> {
                varint();
                yield wellFormed;
            }
            case FIXED64 -> advance(8);
            case BYTES -> {
                long length = varint();
                yield wellFormed && advance(length);
            }
            case START_GROUP -> skipGroup(field);
            case FIXED32 -> advance(4);
            default -> malformed();
        };
    }

    private boolean skipGroup(int outermost) {
        Deque<Integer> open = new ArrayDeque<>();
        open.push(outermost);
        while (!open.isEmpty()) {
            long tag = varint();
            long field = tag >>> 3;
            if (!wellFormed || field < 1 || field > MAX_NESTED_FIELD_NUMBER) {
                return malformed();
            }
            int type = (int) (tag & 7);
            if (type == END_GROUP) {
                if (open.pop() != field) {
                    return malformed();
                }
            } else if (type == START_GROUP) {
                if (open.size() == MAX_GROUPS) {
                    return malformed();
                }
                open.push((int) field);
            } else if (!skip(type, (int) field)) {
                return false;
            }
        }
        return true;
    }

    /** Reads an unsigned 64-bit varint of at most ten bytes, which need not be minimal. */
    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == bytes.size()) {
                break;
            }
            byte next = bytes.byteAt(position++);
            if (shift == 63 && (next & 0xff) > 1) {
                break;
            }
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        malformed();
        return 0;
    }

    private boolean advance(long length) {
        if (length < 0 || length > bytes.size() - position) {
            return malformed();
        }
        position += (int) length;
        return true;
    }

    private boolean malformed() {
        wellFormed = false;
        return false;
    }

    private static int sizeOf(long varint) {
        return varint == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(varint) + 6) / 7;
    }
}
