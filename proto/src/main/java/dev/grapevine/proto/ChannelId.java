package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import java.util.regex.Pattern;

/** The name of a channel: {@code [a-z][a-z0-9.-]*}, at most 249 characters, as Fabric demands. */
public record ChannelId(String name) implements Comparable<ChannelId> {
    private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9.-]*");
    private static final int MAX_LENGTH = 249;

    /** @throws IllegalArgumentException if the name is not a legal channel name */
    public ChannelId {
        if (!isLegal(name)) {
            throw new IllegalArgumentException("illegal channel name '" + name + "': it must start with a lower-case "
                    + "letter, go on with lower-case letters, digits, '.' and '-', and have at most " + MAX_LENGTH
                    + " characters");
        }
    }

    /** Whether Fabric would accept this name for a channel. */
    public static boolean isLegal(String name) {
        return name.length() <= MAX_LENGTH && LEGAL.matcher(name).matches();
    }

    /** The UTF-8 form, as in the channel field of a gossip message. */
    public ByteString bytes() {
        return ByteString.copyFromUtf8(name);
    }

    /**
     * The channel MAC that conceals this channel's name in state-info messages: SHA-256(PKI-ID || name).
     *
     * @param pkiId the peer the message speaks of (state info) or that sends it (state-info pull request)
     */
    public ByteString mac(PkiId pkiId) {
        return Sha256.of(pkiId.bytes(), bytes());
    }

    @Override
    public int compareTo(ChannelId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
