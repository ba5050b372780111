package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many suspicions one peer may begin: thirty-two at once, one more every two seconds. Each costs the accused a refutation
 * that goes to everybody, so without a limit one liar could keep the whole network busy.
 */
final class AccuserBudget {
    private static final double BURST = 32;
    private static final double PER_NANO = 0.5e-9;

    private final Map<PkiId, Account> accounts = new TreeMap<>();

    private static final class Account {
        private double left = BURST;
        private long at;
    }

    /** Whether this peer may accuse once more. */
    boolean take(PkiId accuser, long now) {
        Account account = accounts.computeIfAbsent(accuser, fresh -> {
            Account opened = new Account();
            opened.at = now;
            return opened;
        });
        account.left = Math.min(BURST, account.left + (now - account.at) * PER_NANO);
        account.at = now;
        if (account.left < 1) {
            return false;
        }
        account.left -= 1;
        return true;
    }

    void forget(PkiId accuser) {
        accounts.remove(accuser);
    }
}
