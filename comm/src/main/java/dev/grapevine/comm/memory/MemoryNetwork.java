package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;

/**
 * Many nodes and what is between them. What its nodes share is only read while they run: who listens where changes when all of them rest.
 */
public final class MemoryNetwork {
    private final NetworkModel model;
    private final Executor changes;
    private final Map<String, MemoryTransport> byAddress = new TreeMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final ParsedFrames parsed = new ParsedFrames();

    public MemoryNetwork(NetworkModel model) {
        this(model, Runnable::run);
    }

    /**
     * As the other.
     *
     * @param changes runs what may happen only while no node does anything
     */
    public MemoryNetwork(NetworkModel model, Executor changes) {
        this.model = model;
        this.changes = changes;
    }

    /** A node's place in the network, while no node does anything, with TLS modelled by a certificate hash made from its address. */
    public MemoryTransport newTransport(String address, Scheduler scheduler) {
        return newTransport(address, scheduler, Sha256.of(ByteString.copyFromUtf8("certificate of " + address)));
    }

    /**
     * A node's place in the network.
     *
     * @param address by which the model knows it and others dial it, once it has started
     * @param tlsHash of its TLS certificate; empty for a node without TLS
     */
    public MemoryTransport newTransport(String address, Scheduler scheduler, ByteString tlsHash) {
        return new MemoryTransport(this, place(address), scheduler, tlsHash);
    }

    /** A node that comes back is where it was. */
    private Place place(String address) {
        Place known = places.get(address);
        if (known == null) {
            known = new Place(places.size(), address);
            places.put(address, known);
            model.settled(known);
        }
        return known;
    }

    /** Breaks every stream between two addresses that fit, in either order, as a reset connection does: both sides notice. */
    public void breakStreams(BiPredicate<String, String> between) {
        for (MemoryTransport transport : new ArrayList<>(byAddress.values())) {
            transport.breakStreams(between);
        }
    }

    /** How many streams a node has open, in either direction. */
    public int streams(String address) {
        return at(address).map(MemoryTransport::streams).orElse(0);
    }

    NetworkModel model() {
        return model;
    }

    ParsedFrames parsed() {
        return parsed;
    }

    void listen(String address, MemoryTransport transport) {
        changes.execute(() -> {
            MemoryTransport other = byAddress.putIfAbsent(address, transport);
            if (other != null) {
                throw new IllegalStateException(address + " is taken; close the transport that listens there first");
            }
        });
    }

    void leave(MemoryTransport transport) {
        changes.execute(() -> byAddress.values().removeIf(other -> other == transport));
    }

    Optional<MemoryTransport> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }
}
