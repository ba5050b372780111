package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** Bytes as lower-case hexadecimal text, the form Fabric logs and fixtures use. */
public final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    /** The lower-case hexadecimal form of {@code bytes}. */
    public static String of(ByteString bytes) {
        return FORMAT.formatHex(bytes.toByteArray());
    }

    /**
     * The bytes that {@code hex} stands for.
     *
     * @throws IllegalArgumentException if the text is not an even number of hexadecimal digits
     */
    public static ByteString parse(String hex) {
        return ByteString.copyFrom(FORMAT.parseHex(hex));
    }
}
