package io.quorate.runtime.netty;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once why a member cannot be reached, and once that it can be again, however often it is tried meanwhile: a
 * member that is down is dialled every few seconds.
 */
final class DialLog {

    private static final Logger LOG = LoggerFactory.getLogger(DialLog.class);
    /** Addresses come from other members too, so their number is not known beforehand. */
    private static final int MAX_REMEMBERED = 1000;

    /** The last reason by where it was tried. */
    private final Map<String, String> failing = new HashMap<>();

    void failed(String where, String reason) {
        if (failing.size() >= MAX_REMEMBERED) {
            failing.clear();
        }
        if (reason.equals(failing.put(where, reason))) {
            LOG.debug("Still cannot connect to {}: {}", where, reason);
        } else {
            LOG.warn("Cannot connect to {}: {}. It is tried again as long as it is a member", where, reason);
        }
    }

    void connected(String where) {
        if (failing.remove(where) != null) {
            LOG.info("Connected to {}, which could not be reached before", where);
        }
    }
}
