package dev.grapevine.crypto.config;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.msp.Identity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.util.Optional;
import java.util.SortedMap;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** The MSPs of a channel by their identifiers (Fabric's MSP manager). */
public final class Msps {
    private final SortedMap<MspId, Msp> byId;

    Msps(SortedMap<MspId, Msp> byId) {
        this.byId = byId;
    }

    /** The MSP with this identifier. */
    public Optional<Msp> msp(MspId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, in the order of their identifiers. */
    public Iterable<Msp> all() {
        return byId.values();
    }

    /** Has an identity read by the MSP it names; says nothing yet about its being valid. */
    public Verdict<Identity> deserialize(ByteString serialized) {
        try {
            String id = SerializedIdentity.parseFrom(serialized).getMspid();
            Msp msp = id.isEmpty() ? null : byId.get(new MspId(id));
            return msp == null
                    ? Verdict.rejected("unknown-organisation", "the channel has no MSP '" + id + "'")
                    : msp.deserialize(serialized);
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-identity", "not a SerializedIdentity: " + e.getMessage());
        }
    }
}
