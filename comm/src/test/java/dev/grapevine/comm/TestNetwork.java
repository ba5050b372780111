package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.NetworkModel;
import dev.grapevine.comm.memory.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A network whose faults a test switches on and off. */
final class TestNetwork implements NetworkModel {
    private final Set<String> isolated = new HashSet<>();
    private final Map<String, ByteString> interceptors = new HashMap<>();
    private Duration latency = Duration.ofMillis(1);
    private boolean losing;

    void isolate(String address) {
        isolated.add(address);
    }

    void heal() {
        isolated.clear();
    }

    void setLatency(Duration latency) {
        this.latency = latency;
    }

    void setLosing(boolean losing) {
        this.losing = losing;
    }

    void intercept(String from, ByteString hash) {
        interceptors.put(from, hash);
    }

    @Override
    public Duration latency(Place from, Place to, int bytes) {
        return latency;
    }

    @Override
    public boolean isReachable(Place from, Place to) {
        return !isolated.contains(from.address()) && !isolated.contains(to.address());
    }

    @Override
    public boolean loses(Place from, Place to, int bytes) {
        return losing;
    }

    @Override
    public Optional<ByteString> interceptedTlsHash(Place from, Place to) {
        return Optional.ofNullable(interceptors.get(from.address()));
    }
}
