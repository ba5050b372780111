package dev.grapevine.discovery.liveness;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Extension;
import java.util.Optional;
import java.util.function.Consumer;

/** Links that are there, and bring no answer. */
class SilentPorts implements LivenessPorts {
    @Override
    public void send(PkiId peer, Extension message) {}

    @Override
    public boolean isLinked(PkiId peer) {
        return true;
    }

    @Override
    public void ping(PkiId peer, Consumer<Boolean> answered) {}

    @Override
    public Optional<Timestamp> lastHeard(PkiId peer) {
        return Optional.empty();
    }

    @Override
    public Optional<Timestamp> lastKnown(PkiId peer) {
        return Optional.empty();
    }

    @Override
    public SignedGossipMessage sign(Extension statement) {
        throw new UnsupportedOperationException("nothing is said here");
    }

    @Override
    public SignedGossipMessage refute() {
        throw new UnsupportedOperationException("nothing is said here");
    }

    @Override
    public Optional<SignedGossipMessage> forReceiver(Rumour rumour, PkiId receiver) {
        return Optional.empty();
    }

    @Override
    public SignedGossipMessage parse(ByteString statement) {
        throw new UnsupportedOperationException("nothing is heard here");
    }

    @Override
    public void alive(SignedGossipMessage message, ReceivedMessage source) {}

    @Override
    public void verify(SignedGossipMessage statement, PkiId signer, ReceivedMessage source, Runnable genuine) {}

    @Override
    public void afterChecks(Runnable task) {
        task.run();
    }

    @Override
    public void reject(ReceivedMessage source, String reason, String detail) {}

    @Override
    public void failed(PkiId peer, String why) {}

    @Override
    public void departed(PkiId peer, Timestamp last) {}
}
