package dev.grapevine.cli.demo;

import dev.grapevine.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that were free a moment ago: one for the orderer, two for each peer. */
final class DemoPorts {
    private final List<Integer> free;

    private DemoPorts(List<Integer> free) {
        this.free = free;
    }

    static DemoPorts find(int peers) {
        List<ServerSocket> held = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        try {
            for (int i = 0; i < 1 + 2 * peers; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                free.add(socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new CommandFailure("this machine has no free ports left", e);
        }
        return new DemoPorts(free);
    }

    int orderer() {
        return free.get(0);
    }

    int peer(int number) {
        return free.get(1 + 2 * number);
    }

    int operations(int number) {
        return free.get(2 + 2 * number);
    }
}
