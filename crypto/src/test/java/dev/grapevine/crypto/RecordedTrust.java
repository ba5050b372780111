package dev.grapevine.crypto;

import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.proto.MspId;

/** The trust of a peer of the recorded network, whose local MSP is the one its channel had at first. */
final class RecordedTrust {
    private RecordedTrust() {}

    static NetworkTrust of(String mspId) {
        ChannelConfig genesis = RecordedChannel.config(0);
        Msp local = genesis.msps().msp(new MspId(mspId)).orElseThrow();
        return new NetworkTrust(local);
    }
}
