package io.quorate.simulation;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens in a run, in order: hashed always, so that two runs can be compared; printed only for a
 * replay.
 */
public final class Trace {

    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private final SimScheduler time;
    private final @Nullable Consumer<String> lines;
    private long hash = BASIS;

    /** @param lines receives a readable line per event; null to hash only */
    public Trace(SimScheduler time, @Nullable Consumer<String> lines) {
        this.time = time;
        this.lines = lines;
    }

    /** The same for two runs exactly when the same happened at the same times. */
    public long hash() {
        return hash;
    }

    /** @param number what the event is about: a link, a zxid, a count */
    public void note(String what, long number) {
        mix(what);
        mix(number);
        if (lines != null) {
            lines.accept(stamp() + what + " " + number);
        }
    }

    public void note(String what, String detail) {
        mix(what);
        mix(detail);
        if (lines != null) {
            lines.accept(stamp() + what + " " + detail);
        }
    }

    /** Bytes on a link; the position of the buffer stays. */
    public void frame(String what, long link, ByteBuffer bytes) {
        mix(what);
        mix(link);
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            hash = (hash ^ bytes.get(i)) * PRIME;
        }
        if (lines != null) {
            lines.accept(stamp() + what + " link " + link + ", " + bytes.remaining() + " bytes");
        }
    }

    /** For what is explained elsewhere already, in a readable trace only. */
    public void explain(String detail) {
        if (lines != null) {
            lines.accept(stamp() + "    " + detail);
        }
    }

    /** Whether somebody reads the lines. */
    public boolean isRead() {
        return lines != null;
    }

    private void mix(String text) {
        mix(time.nowNanos());
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
    }

    private void mix(long number) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ number >>> shift & 0xff) * PRIME;
        }
    }

    private String stamp() {
        return String.format("%12.3f ms  ", time.nowNanos() / 1e6);
    }
}
