package io.quorate.sample.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs of the shipping job, in the order in which the database took them, and a judgement of them. */
record Runs(List<Run> list) {

    /** One of them. */
    record Run(
            long id,
            long token,
            String instance,
            Instant started,
            @Nullable Instant ended) {}

    static Runs read(JdbcClient jdbc) {
        return new Runs(jdbc.sql("select id, token, instance, started, ended from shipping_run order by id")
                .query(Run.class)
                .list());
    }

    Run last() {
        return list.get(list.size() - 1);
    }

    long leaderships() {
        return list.stream().map(Run::token).distinct().count();
    }

    /** Runs that began and did not come to an end: their process died, or their token was refused. */
    long unfinished() {
        return list.stream().filter(run -> run.ended() == null).count();
    }

    /** The time between the last run under an earlier token and the first one under the last token. */
    Duration lastGap() {
        long token = last().token();
        int first = 0;
        while (list.get(first).token() != token) {
            first++;
        }
        return Duration.between(list.get(first - 1).started(), list.get(first).started());
    }

    /** Whatever shows that two instances led at a time. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        Map<Long, String> holders = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            Run run = list.get(i);
            if (i > 0 && !follows(list.get(i - 1), run)) {
                found.add(run + " follows " + list.get(i - 1));
            }
            String holder = holders.putIfAbsent(run.token(), run.instance());
            if (holder != null && !holder.equals(run.instance())) {
                found.add(run + " has the token of " + holder);
            }
        }
        return found;
    }

    /** A token does not come back once there was a larger one, and no run begins while another goes on. */
    private static boolean follows(Run earlier, Run later) {
        Instant ended = earlier.ended();
        return later.token() >= earlier.token()
                && (ended == null || !later.started().isBefore(ended));
    }
}
