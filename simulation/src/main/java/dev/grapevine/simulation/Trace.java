package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.Frame;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A running hash of frames that arrive: when, from whom, to whom, its size and the hash of its content, which a
 * frame remembers. Two runs are the same if and only if their hashes are.
 */
public final class Trace {
    private static final int RECORD = 2 * Long.BYTES + 2 * Integer.BYTES;
    private static final int RECORDS = 8;

    private final MessageDigest digest;
    private final ByteBuffer records = ByteBuffer.allocate(RECORDS * RECORD);

    public Trace() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(long time, int from, int to, Frame frame) {
        add(time, from, to, frame.bytes().size(), frame.contentHash());
    }

    /** Adds what has no content but is of a kind, or has a number. */
    public void add(long time, int from, int to, int bytes, int content) {
        if (!records.hasRemaining()) {
            flush();
        }
        records.putLong(time).putInt(from).putInt(to).putInt(bytes).putInt(content);
    }

    private void flush() {
        digest.update(records.flip());
        records.clear();
    }

    /** The hash until now, in hexadecimal. */
    public String hash() {
        return Hex.of(digested());
    }

    /** One hash of several, in hexadecimal. */
    static String hash(List<Trace> traces) {
        return Hex.of(Sha256.of(traces.stream().map(Trace::digested).toList()));
    }

    private ByteString digested() {
        flush();
        try {
            return ByteString.copyFrom(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }
}
