package dev.grapevine.channel;

import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.ArrayList;
import java.util.List;

/** A message that was received, and what was done with it. */
final class FakeReceived implements ReceivedMessage {
    private final FakePeer receiver;
    private final SignedGossipMessage message;
    private final ConnectionInfo sender;
    final List<SignedGossipMessage> answers = new ArrayList<>();
    final List<String> acknowledgements = new ArrayList<>();
    int holds;
    int releases;

    FakeReceived(FakePeer receiver, SignedGossipMessage message, ConnectionInfo sender) {
        this.receiver = receiver;
        this.message = message;
        this.sender = sender;
    }

    @Override
    public SignedGossipMessage message() {
        return message;
    }

    @Override
    public ConnectionInfo sender() {
        return sender;
    }

    @Override
    public void respond(SignedGossipMessage answer) {
        answers.add(answer);
        receiver.network.transmit(receiver, sender.pkiId(), answer);
    }

    @Override
    public Runnable hold() {
        holds++;
        return () -> releases++;
    }

    @Override
    public void acknowledge(String error) {
        acknowledgements.add(error);
    }
}
