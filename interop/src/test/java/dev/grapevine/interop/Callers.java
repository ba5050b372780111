package dev.grapevine.interop;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.client.BlockFetch;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.DiscoveryClient;
import dev.grapevine.cli.client.PeerClient;
import dev.grapevine.cli.client.TlsFiles;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.LabPeer;
import dev.grapevine.interop.lab.Organisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Function;

/** Calls to one peer in all sorts of names; each gives the answer, or the reason why there is none. */
record Callers(FabricNetwork network, LabPeer peer) {
    SigningIdentity user(Organisation organisation, String name) {
        return organisation.identity(organisation.user(name).resolve("msp"));
    }

    String join(SigningIdentity caller) {
        return call(caller, connection -> {
            try {
                new PeerClient(connection).join(ByteString.copyFrom(Files.readAllBytes(network.genesis())));
                return "joined";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    String list(SigningIdentity caller) {
        return call(caller, connection -> new PeerClient(connection).channels().toString());
    }

    String height(SigningIdentity caller) {
        return call(
                caller,
                connection -> Long.toString(
                        new PeerClient(connection).info(FabricNetwork.CHANNEL).getHeight()));
    }

    String fetch(SigningIdentity caller) {
        return call(
                caller,
                connection -> "block "
                        + new BlockFetch(connection)
                                .fetch(FabricNetwork.CHANNEL, "newest")
                                .getHeader());
    }

    String discover(SigningIdentity caller) {
        return call(
                caller,
                connection -> new DiscoveryClient(connection)
                        .peers(FabricNetwork.CHANNEL)
                        .toString());
    }

    private String call(SigningIdentity caller, Function<Connection, String> call) {
        try (Connection connection = Connection.open(
                peer.address(), caller, new TlsFiles(peer.organisation().tlsAuthority(), null, null))) {
            return call.apply(connection);
        } catch (CommandFailure e) {
            return String.valueOf(e.getMessage());
        }
    }
}
