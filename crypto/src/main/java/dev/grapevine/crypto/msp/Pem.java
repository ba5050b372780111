package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * One block of PEM text, read as Go's decoder reads it, since what it accepts decides who is a member.
 *
 * @param type what follows BEGIN
 * @param content the decoded bytes
 * @param rest all that follows the block's last line
 */
public record Pem(String type, ByteString content, ByteString rest) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** The first well-formed block in the text; malformed ones before it are skipped. */
    public static Optional<Pem> first(ByteString text) {
        String all = text.toString(StandardCharsets.ISO_8859_1);
        for (int at = begin(all, 0); at >= 0; at = begin(all, at + BEGIN.length())) {
            Optional<Pem> block = at(all, at, text);
            if (block.isPresent()) {
                return block;
            }
        }
        return Optional.empty();
    }

    /** The text of one block: 64 columns and a final newline. */
    public static ByteString encode(String type, ByteString content) {
        return ByteString.copyFromUtf8(BEGIN + type + DASHES + "\n" + LINES.encodeToString(content.toByteArray()) + "\n"
                + END + type + DASHES + "\n");
    }

    private static int begin(String all, int from) {
        int at = all.indexOf(BEGIN, from);
        while (at > 0 && all.charAt(at - 1) != '\n') {
            at = all.indexOf(BEGIN, at + 1);
        }
        return at;
    }

    private static Optional<Pem> at(String all, int begin, ByteString text) {
        int bodyStart = afterLine(all, begin);
        String first = line(all, begin);
        if (!first.endsWith(DASHES) || first.length() < BEGIN.length() + DASHES.length()) {
            return Optional.empty();
        }
        String type = first.substring(BEGIN.length(), first.length() - DASHES.length());
        bodyStart = afterHeaders(all, bodyStart);
        int end = all.startsWith(END, bodyStart) ? bodyStart : all.indexOf("\n" + END, bodyStart) + 1;
        if (end == 0 || !line(all, end).equals(END + type + DASHES)) {
            return Optional.empty();
        }
        int afterEnd = afterLine(all, end);
        return decode(all.substring(bodyStart, end)).map(content -> new Pem(type, content, text.substring(afterEnd)));
    }

    private static int afterHeaders(String all, int from) {
        int at = from;
        while (line(all, at).indexOf(':') >= 0) {
            at = afterLine(all, at);
        }
        return at;
    }

    private static Optional<ByteString> decode(String base64) {
        try {
            String compact =
                    base64.replace("\n", "").replace("\r", "").replace(" ", "").replace("\t", "");
            if (compact.length() % 4 != 0) {
                return Optional.empty();
            }
            return Optional.of(ByteString.copyFrom(Base64.getDecoder().decode(compact)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The line that starts here, without its end and its trailing blanks. */
    private static String line(String all, int from) {
        int end = all.indexOf('\n', from);
        String line = end < 0 ? all.substring(from) : all.substring(from, end);
        int last = line.length();
        if (end >= 0 && line.endsWith("\r")) {
            last--;
        }
        while (last > 0 && (line.charAt(last - 1) == ' ' || line.charAt(last - 1) == '\t')) {
            last--;
        }
        return line.substring(0, last);
    }

    private static int afterLine(String all, int from) {
        int end = all.indexOf('\n', from);
        return end < 0 ? all.length() : end + 1;
    }
}
