package dev.grapevine.crypto.config;

import static dev.grapevine.crypto.config.InvalidConfigException.require;

import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.msp.MSPConfig;

/** Sets up the MSPs of one configuration, each once however many organisations of it share it. */
final class MspSetup {
    private final MspVersion version;
    private final SignatureProvider provider;
    private final SortedMap<MspId, Msp> msps = new TreeMap<>();
    private final SortedMap<MspId, MSPConfig> configs = new TreeMap<>();

    MspSetup(MspVersion version, SignatureProvider provider) {
        this.version = version;
        this.provider = provider;
    }

    Msp setUp(String path, MSPConfig config) throws InvalidConfigException {
        Verdict<Msp> verdict = Msp.of(config, version, provider);
        if (!verdict.isAccepted()) {
            Rejection why = verdict.rejection();
            throw new InvalidConfigException(why.reason(), "the MSP of " + path + ": " + why.detail());
        }
        MspId id = verdict.value().id();
        MSPConfig earlier = configs.putIfAbsent(id, config);
        require(
                earlier == null || earlier.equals(config),
                "contradicting-msps",
                path + " defines MSP " + id + " differently from another organisation");
        msps.putIfAbsent(id, verdict.value());
        return msps.getOrDefault(id, verdict.value());
    }

    SortedMap<MspId, Msp> all() {
        return msps;
    }
}
