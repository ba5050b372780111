package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import dev.grapevine.state.CatchUpProgress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hyperledger.fabric.protos.common.Block;

/** Channels in memory, and callers who say what they are: "admin", "member" or "reader". */
final class MemoryChannels implements ServedChannels, AccessControl {
    static final PkiId LEADER = new PkiId(ByteString.copyFromUtf8("who leads"));

    final List<String> resources = new CopyOnWriteArrayList<>();
    Optional<CatchUpProgress> catchUp = Optional.empty();
    private final Map<String, MemoryChain> chains = new ConcurrentSkipListMap<>();

    MemoryChannels(MemoryChain... joined) {
        for (MemoryChain chain : joined) {
            chains.put(chain.id().name(), chain);
        }
    }

    @Override
    public List<ChannelId> names() {
        return chains.keySet().stream().map(ChannelId::new).toList();
    }

    @Override
    public Optional<ServedChannel> find(String name) {
        return Optional.ofNullable(chains.get(name));
    }

    @Override
    public Optional<Leadership> leadership(ChannelId channel) {
        return Optional.of(new Leadership(new MspId("Org1MSP"), Optional.of(LEADER), false));
    }

    @Override
    public Optional<CatchUpProgress> catchUp(ChannelId channel) {
        return catchUp;
    }

    @Override
    public Verdict<ChannelId> join(Block configBlock) {
        String name = "joined-" + configBlock.getHeader().getNumber();
        return chains.putIfAbsent(name, new MemoryChain(name, configBlock)) == null
                ? Verdict.accepted(new ChannelId(name))
                : Verdict.rejected("joined-already", "ledger [" + name + "] already exists");
    }

    @Override
    public Verdict<ChannelId> leave(ChannelId channel) {
        chains.remove(channel.name());
        return Verdict.accepted(channel);
    }

    @Override
    public Optional<Rejection> checkLocal(LocalRole role, SignedData caller) {
        String is = caller.identity().toStringUtf8();
        boolean member = is.equals("member") || is.equals("reader");
        boolean may = is.equals("admin") || (member && role == LocalRole.MEMBER);
        return may ? Optional.empty() : Optional.of(new Rejection("not-" + role, is + " is none"));
    }

    @Override
    public Optional<Rejection> checkChannel(ChannelId channel, String resource, SignedData caller) {
        resources.add(resource);
        return caller.identity().toStringUtf8().equals("stranger")
                ? Optional.of(new Rejection("not-a-reader", "a stranger"))
                : Optional.empty();
    }
}
