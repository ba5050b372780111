package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.config.ChannelConfig;
import java.util.List;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;

/**
 * A change of a channel's configuration, from the update that administrators sign to the transaction that an orderer makes
 * of it. For development and tests.
 */
public final class ConfigChange {
    private final ChannelConfig current;
    private final ConfigUpdate update;
    private final ConfigGroup result;

    private ConfigChange(ChannelConfig current, ConfigUpdate update, ConfigGroup result) {
        this.current = current;
        this.update = update;
        this.result = result;
    }

    /**
     * The change from the configuration in force to another.
     *
     * @param wanted the whole channel group as it shall be; versions in it do not matter
     */
    public static ConfigChange between(ChannelConfig current, ConfigGroup wanted) {
        ConfigDifference difference = ConfigDifference.between(current.message().getChannelGroup(), wanted);
        ConfigUpdate update = ConfigUpdate.newBuilder()
                .setChannelId(current.channel().name())
                .setReadSet(difference.read())
                .setWriteSet(difference.written())
                .build();
        return new ConfigChange(current, update, difference.result());
    }

    /** The update as its administrators send it to an orderer; the first of them also signs the envelope. */
    public Envelope signedBy(List<SigningIdentity> administrators) {
        ByteString bytes = update.toByteString();
        ConfigUpdateEnvelope.Builder signed = ConfigUpdateEnvelope.newBuilder().setConfigUpdate(bytes);
        for (SigningIdentity administrator : administrators) {
            ByteString header = SignedEnvelope.signatureHeader(administrator, bytes);
            signed.addSignatures(ConfigSignature.newBuilder()
                    .setSignatureHeader(header)
                    .setSignature(administrator.sign(header.concat(bytes))));
        }
        return SignedEnvelope.of(
                current.channel(), HeaderType.CONFIG_UPDATE, signed.build().toByteString(), administrators.get(0));
    }

    /** The configuration that an orderer makes of the signed update. */
    public ConfigEnvelope resultOf(Envelope signedUpdate) {
        return ConfigEnvelope.newBuilder()
                .setConfig(
                        Config.newBuilder().setSequence(current.sequence() + 1).setChannelGroup(result))
                .setLastUpdate(signedUpdate)
                .build();
    }

    /** The transaction of the configuration block, signed by an orderer. */
    public Envelope transaction(SigningIdentity orderer, List<SigningIdentity> administrators) {
        ByteString config = resultOf(signedBy(administrators)).toByteString();
        return SignedEnvelope.of(current.channel(), HeaderType.CONFIG, config, orderer);
    }
}
