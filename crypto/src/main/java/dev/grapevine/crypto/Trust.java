package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.msp.Identity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jspecify.annotations.Nullable;

/** Whom a node trusts at one moment: its local MSP and the configurations of the channels it has joined. */
final class Trust {
    private static final String REVOKED = "revoked-identity";

    private final Msp local;
    private final SortedMap<ChannelId, JoinedChannel> channels;
    private final IdentityMemory valid = new IdentityMemory();

    /** @param configBlock number of the block that holds {@code config} */
    record JoinedChannel(ChannelConfig config, long configBlock) {}

    private Trust(Msp local, SortedMap<ChannelId, JoinedChannel> channels) {
        this.local = local;
        this.channels = Collections.unmodifiableSortedMap(channels);
    }

    static Trust in(Msp local) {
        return new Trust(local, new TreeMap<>());
    }

    Trust with(ChannelId channel, JoinedChannel joined) {
        SortedMap<ChannelId, JoinedChannel> changed = new TreeMap<>(channels);
        changed.put(channel, joined);
        return new Trust(local, changed);
    }

    Trust without(ChannelId channel) {
        SortedMap<ChannelId, JoinedChannel> changed = new TreeMap<>(channels);
        changed.remove(channel);
        return new Trust(local, changed);
    }

    Msp local() {
        return local;
    }

    Optional<JoinedChannel> channel(ChannelId channel) {
        return Optional.ofNullable(channels.get(channel));
    }

    Iterable<JoinedChannel> channels() {
        return channels.values();
    }

    /** The identity, if some MSP can read it; says nothing of its being valid. */
    Optional<Identity> deserialize(ByteString serialized) {
        Optional<Identity> ours = local.deserialize(serialized).accepted();
        return ours.isPresent()
                ? ours
                : channels.values().stream()
                        .flatMap(joined -> joined.config().msps().deserialize(serialized).accepted().stream())
                        .findFirst();
    }

    Verdict<Identity> validate(ByteString serialized) {
        Identity known = valid.get(serialized);
        if (known != null) {
            return Verdict.accepted(known);
        }
        Verdict<Identity> verdict = judge(serialized);
        verdict.accepted().ifPresent(valid::put);
        return verdict;
    }

    private Verdict<Identity> judge(ByteString serialized) {
        Optional<Rejection> malformed = faultOfForm(serialized);
        if (malformed.isPresent()) {
            return Verdict.rejected(malformed.get());
        }
        Verdict<Identity> ours = local.deserialize(serialized);
        return ours.isAccepted() ? judgeOwn(ours.value()) : judgeForeign(serialized, ours.rejection());
    }

    private static Optional<Rejection> faultOfForm(ByteString serialized) {
        try {
            return Identity.wellFormed(SerializedIdentity.parseFrom(serialized).getIdBytes());
        } catch (InvalidProtocolBufferException e) {
            return Optional.of(new Rejection("malformed-identity", "not a SerializedIdentity: " + e.getMessage()));
        }
    }

    /**
     * Fabric asks the local MSP alone. Here the channels that know our organisation are asked, too: one that has revoked the
     * certificate is obeyed at once. Other objections count only if all of these channels object, because a channel whose
     * configuration does not know a new certificate authority yet must not cut off peers that another channel knows.
     */
    private Verdict<Identity> judgeOwn(Identity identity) {
        Optional<Rejection> why = identity.validate();
        if (why.isPresent()) {
            return Verdict.rejected(why.get());
        }
        @Nullable Rejection objection = null;
        boolean recognised = false;
        for (JoinedChannel joined : channels.values()) {
            Optional<Msp> msp = joined.config().msps().msp(identity.mspId());
            Optional<Rejection> fault = msp.flatMap(channelMsp -> fault(channelMsp, identity));
            if (fault.isPresent() && fault.get().reason().equals(REVOKED)) {
                return Verdict.rejected(fault.get());
            }
            recognised |= msp.isPresent() && fault.isEmpty();
            objection = fault.orElse(objection);
        }
        return objection == null || recognised ? Verdict.accepted(identity) : Verdict.rejected(objection);
    }

    private static Optional<Rejection> fault(Msp msp, Identity identity) {
        Verdict<Identity> there = msp.deserialize(identity);
        return there.isAccepted() ? there.value().validate() : Optional.of(there.rejection());
    }

    private Verdict<Identity> judgeForeign(ByteString serialized, Rejection unknown) {
        Rejection why = unknown;
        for (JoinedChannel joined : channels.values()) {
            Verdict<Identity> there = joined.config().msps().deserialize(serialized);
            if (there.isAccepted()) {
                Optional<Rejection> fault = there.value().validate();
                if (fault.isEmpty()) {
                    return there;
                }
                why = fault.get();
            }
        }
        return Verdict.rejected(why);
    }
}
