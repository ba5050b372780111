package dev.grapevine.crypto.msp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.generate.IssuedCertificate;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.junit.jupiter.api.Test;

class IdentityCacheTest {
    private final Organisation organisation = new Organisation();
    private final Msp msp = organisation.msp();
    private final IdentityCache cache = new IdentityCache();
    private final Identity one = identity("one");

    @Test
    void forgetsWhatWasNotAskedForTheLongestWhenFull() {
        Identity other = identity("other");
        cache.put(one);
        cache.put(other);
        for (int i = 0; i < IdentityCache.CAPACITY - 1; i++) {
            cache.put(copy(one, i));
            assertThat(cache.get(one.serialized())).contains(one);
        }
        assertThat(cache.get(other.serialized())).isEmpty();
    }

    private Identity identity(String name) {
        IssuedCertificate certificate = organisation.authority().issueIdentity(name, NodeRole.PEER);
        return Organisation.identity(msp, certificate);
    }

    /** The same certificate, serialised with something after it, so that it is another entry. */
    private Identity copy(Identity identity, int number) {
        try {
            ByteString pem = SerializedIdentity.parseFrom(identity.serialized()).getIdBytes();
            ByteString longer = pem.concat(ByteString.copyFromUtf8("\n" + number));
            return msp.deserialize(Organisation.serialized(longer)).value();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
