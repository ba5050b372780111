package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import dev.grapevine.proto.Timestamp;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.junit.jupiter.api.Test;

class StateInfoCacheTest {
    private static StateInfo info(long height, String version) {
        return StateInfo.newBuilder()
                .setPkiId(ByteString.copyFromUtf8("peer"))
                .setProperties(Properties.newBuilder()
                        .setLedgerHeight(height)
                        .addChaincodes(Chaincode.newBuilder().setName("cc").setVersion(version)))
                .build();
    }

    @Test
    void theHashOfWhatIsMoreThanAHeightIsTheSameInEveryProcess() {
        assertThat(StateInfoCache.participation(info(1, "1"))).isEqualTo(-3_477_100_088_484_283_135L);
    }

    @Test
    void aHeightDoesNotCountAChaincodeDoes() {
        assertThat(StateInfoCache.participation(info(2, "1")))
                .isEqualTo(StateInfoCache.participation(info(1, "1")))
                .isNotEqualTo(StateInfoCache.participation(info(1, "2")));
    }

    private static SignedGossipMessage said(String peer, long sequence, long height) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setStateInfo(info(height, "1").toBuilder()
                        .setPkiId(ByteString.copyFromUtf8(peer))
                        .setTimestamp(new Timestamp(1, sequence).toWire()))
                .build());
    }

    private static StateInfoCache cache() {
        return new StateInfoCache(new Supersession(0), Long.MAX_VALUE);
    }

    @Test
    void knowsWhetherAnybodyMayHaveMore() {
        StateInfoCache cache = cache();
        assertThat(cache.mayBeAbove(0)).isFalse();

        cache.add(said("one", 1, 5));
        cache.add(said("other", 1, 7));
        cache.add(said("one", 2, 6));
        assertThat(cache.mayBeAbove(6)).isTrue();
        assertThat(cache.mayBeAbove(7)).isFalse();

        cache.removeIf(peer -> peer.equals(new PkiId(ByteString.copyFromUtf8("other"))));
        assertThat(cache.mayBeAbove(5)).isTrue();
        assertThat(cache.mayBeAbove(6)).isFalse();
    }

    @Test
    void changesItsVersionOnlyWhenSomethingGoes() {
        StateInfoCache cache = cache();
        cache.add(said("one", 1, 5));
        long before = cache.version();

        cache.removeIf(peer -> false);
        assertThat(cache.version()).isEqualTo(before);

        cache.removeIf(peer -> true);
        assertThat(cache.version()).isNotEqualTo(before);
    }
}
