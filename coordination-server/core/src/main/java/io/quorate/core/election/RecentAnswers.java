package io.quorate.core.election;

import io.quorate.core.wire.peer.Notification;
import java.util.TreeMap;

/**
 * Keeps two members from answering each other's answers as fast as the network carries them. That happens when each
 * has a reason to answer that the answer does not remove: one does not count the other as a voter, and that one is in
 * a later round. An exchange that repeats the last one to the letter waits a little; whoever needs it asks again.
 */
final class RecentAnswers {

    /** More than any ensemble has; forgetting costs no more than one answer too many. */
    private static final int MOST = 256;

    private record Exchange(Notification asked, Notification answer, long atNanos) {}

    private final TreeMap<Long, Exchange> last = new TreeMap<>();
    private final long pauseNanos;

    RecentAnswers(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }

    /** Whether this answer is due; if so, it counts as given. */
    boolean isDue(long serverId, Notification asked, Notification answer, long nowNanos) {
        Exchange before = last.get(serverId);
        if (before != null
                && nowNanos - before.atNanos < pauseNanos
                && before.asked.equals(asked)
                && before.answer.equals(answer)) {
            return false;
        }
        if (before == null && last.size() >= MOST) {
            last.clear();
        }
        last.put(serverId, new Exchange(asked, answer, nowNanos));
        return true;
    }
}
