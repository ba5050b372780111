package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.gossip.Chaincode;
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
}
