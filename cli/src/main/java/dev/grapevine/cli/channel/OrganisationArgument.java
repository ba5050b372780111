package dev.grapevine.cli.channel;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.crypto.config.AnchorPeer;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.msp.MspDirectory;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An organisation as given on the command line, {@code MSPID=MSPDIR[,KEY=HOST:PORT...]}.
 *
 * @param addresses the values that follow, in their order
 */
record OrganisationArgument(String mspId, Path mspDirectory, List<Address> addresses) {
    OrganisationArgument {
        addresses = List.copyOf(addresses);
    }

    /** Reads {@code --org}. */
    static final class OfPeers implements ITypeConverter<OrganisationArgument> {
        @Override
        public OrganisationArgument convert(String value) {
            return parse(value, "anchor");
        }
    }

    /** Reads {@code --orderer-org}. */
    static final class OfOrderers implements ITypeConverter<OrganisationArgument> {
        @Override
        public OrganisationArgument convert(String value) {
            OrganisationArgument argument = parse(value, "endpoint");
            if (argument.addresses().isEmpty()) {
                throw new TypeConversionException("'" + value + "' names no orderer; add ,endpoint=HOST:PORT");
            }
            return argument;
        }
    }

    private static OrganisationArgument parse(String value, String key) {
        String[] parts = value.split(",", -1);
        int equals = parts[0].indexOf('=');
        if (equals <= 0 || equals == parts[0].length() - 1) {
            throw new TypeConversionException("'" + value + "' should be MSPID=MSPDIR[," + key + "=HOST:PORT...]");
        }
        List<Address> addresses = new ArrayList<>();
        for (String part : List.of(parts).subList(1, parts.length)) {
            if (!part.startsWith(key + "=")) {
                throw new TypeConversionException("'" + part + "' should be " + key + "=HOST:PORT");
            }
            addresses.add(Address.parse(part.substring(key.length() + 1)));
        }
        return new OrganisationArgument(
                parts[0].substring(0, equals), Path.of(parts[0].substring(equals + 1)), addresses);
    }

    ChannelProfile.Organisation ofPeers() {
        AnchorPeer[] anchors = addresses.stream()
                .map(address -> new AnchorPeer(address.host(), address.port()))
                .toArray(AnchorPeer[]::new);
        return ChannelProfile.Organisation.ofPeers(mspId, msp(), anchors);
    }

    ChannelProfile.Organisation ofOrderers() {
        return ChannelProfile.Organisation.ofOrderers(
                mspId, msp(), addresses.stream().map(Address::toString).toArray(String[]::new));
    }

    private FabricMSPConfig msp() {
        Verdict<FabricMSPConfig> read = MspDirectory.read(mspDirectory, new MspId(mspId));
        if (!read.isAccepted()) {
            throw new CommandFailure("the MSP directory " + mspDirectory + " cannot be used: "
                    + read.rejection().detail());
        }
        return read.value();
    }
}
