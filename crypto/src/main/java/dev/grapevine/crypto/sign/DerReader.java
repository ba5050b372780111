package dev.grapevine.crypto.sign;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Reads the little DER that a signature consists of, refusing what Go's decoder refuses: lengths and integers that are not
 * minimal, indefinite lengths, values that end early. The general decoders of this platform are more lenient.
 */
final class DerReader {
    static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private final ByteString bytes;
    private int position;

    DerReader(ByteString bytes) {
        this.bytes = bytes;
    }

    /** A reader of the content of the next value, if that has this tag. */
    Optional<DerReader> enter(int tag) {
        return next(tag).map(DerReader::new);
    }

    Optional<BigInteger> integer() {
        return next(INTEGER).filter(DerReader::isMinimal).map(content -> new BigInteger(content.toByteArray()));
    }

    private static boolean isMinimal(ByteString integer) {
        if (integer.size() < 2) {
            return !integer.isEmpty();
        }
        boolean negative = integer.byteAt(1) < 0;
        return integer.byteAt(0) != (negative ? -1 : 0);
    }

    private Optional<ByteString> next(int tag) {
        if (bytes.size() - position < 2 || (bytes.byteAt(position) & 0xff) != tag) {
            return Optional.empty();
        }
        position++;
        int length = length();
        if (length < 0 || length > bytes.size() - position) {
            return Optional.empty();
        }
        position += length;
        return Optional.of(bytes.substring(position - length, position));
    }

    /** The length that stands here; negative if it is malformed, or longer than any signature. */
    private int length() {
        int first = bytes.byteAt(position++) & 0xff;
        if (first < 0x80) {
            return first;
        }
        int digits = first & 0x7f;
        if (digits < 1 || digits > 2 || bytes.size() - position < digits) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < digits; i++) {
            length = (length << 8) | (bytes.byteAt(position++) & 0xff);
        }
        boolean minimal = length >= (digits == 1 ? 0x80 : 0x100);
        return minimal ? length : -1;
    }
}
