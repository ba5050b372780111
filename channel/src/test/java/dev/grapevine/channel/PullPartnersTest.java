package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.discovery.Membership;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullPartnersTest {
    private static NetworkMember member(int number, int revision) {
        PkiId id = new PkiId(ByteString.copyFrom(new byte[] {(byte) number}));
        return new NetworkMember(id, "peer:" + number, "peer:" + number, ByteString.EMPTY, revision);
    }

    /** Of ten members so many speak the extensions; three may be asked. */
    @ParameterizedTest
    @CsvSource({"0, 3, 3", "10, 1, 1", "9, 1, 2", "5, 1, 3"})
    void asksOneOfItsOwnKindAndAsManyPlainOnesAsFabric(int capable, int least, int most) {
        List<NetworkMember> members = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            members.add(member(number, number < capable ? 1 : 0));
        }
        Membership membership = new OfCapablePeer();
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            List<NetworkMember> chosen = PullPartners.choose(members, 3, membership, random);
            assertThat(chosen).hasSizeBetween(least, most).doesNotHaveDuplicates();
            assertThat(chosen.stream().filter(membership::isCapable).count()).isLessThanOrEqualTo(1);
        }
    }

    private static final class OfCapablePeer implements Membership {
        @Override
        public NetworkMember self() {
            return member(99, 1);
        }

        @Override
        public List<NetworkMember> alive() {
            return List.of();
        }

        @Override
        public Optional<NetworkMember> lookup(PkiId pkiId) {
            return Optional.empty();
        }

        @Override
        public boolean isAlive(PkiId pkiId) {
            return false;
        }
    }
}
