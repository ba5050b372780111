package dev.grapevine.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartHashesTest {
    private static final PkiId ALICE = peer(1);
    private static final PkiId BOB = peer(2);

    private static PkiId peer(int first) {
        return new PkiId(ByteString.copyFrom(new byte[] {(byte) first, 7}));
    }

    @Test
    void theSameKnowledgeHasTheSameHashesInAnyOrder() {
        PartHashes one = new PartHashes.Builder().add(ALICE, 10).add(BOB, 20).build();
        PartHashes other = new PartHashes.Builder().add(BOB, 20).add(ALICE, 10).build();

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @Test
    void differInThePartOfThePeerOfWhomSomethingElseIsKnown() {
        PartHashes ours = new PartHashes.Builder().add(ALICE, 10).add(BOB, 20).build();
        PartHashes theirs = new PartHashes.Builder().add(ALICE, 10).add(BOB, 21).build();

        assertThat(ours.differsAt(BOB, theirs)).isTrue();
        assertThat(ours.differsAt(ALICE, theirs)).isFalse();
    }

    @Test
    void onePeerMoreIsAsIfItHadBeenThereFromTheBeginning() {
        PartHashes alice = new PartHashes.Builder().add(ALICE, 10).build();

        assertThat(alice.with(BOB, 20))
                .isEqualTo(new PartHashes.Builder().add(ALICE, 10).add(BOB, 20).build());
        assertThat(alice).isEqualTo(new PartHashes.Builder().add(ALICE, 10).build());
    }

    @Test
    void arriveAsTheyWereSent() {
        PartHashes sent = new PartHashes.Builder().add(ALICE, -1).add(BOB, 20).build();
        List<Long> wire = new ArrayList<>();
        sent.forEach(wire::add);

        assertThat(PartHashes.received(wire)).contains(sent);
        assertThat(PartHashes.received(wire.subList(1, PartHashes.PARTS))).isEmpty();
    }
}
