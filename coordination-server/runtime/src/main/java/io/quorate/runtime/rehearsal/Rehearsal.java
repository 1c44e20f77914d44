package io.quorate.runtime.rehearsal;

import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.replica.EnsembleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.replica.ServerList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elections in memory, right after the start of a member. When a leader dies, its successor runs code that its process
 * has never run: classes are loaded, call sites linked, and everything is interpreted, while the whole ensemble waits.
 * So three replicas play it before, in virtual time: they elect, take clients' writes, lose their leader, elect again.
 * Nothing of it leaves this package, and the server does not depend on how it goes.
 *
 * <p>Once in a JVM, on a thread of its own that rests between two terms: a machine is busiest at a start, when other
 * members start too or clients come back.
 */
public final class Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private static final int MEMBERS = 3;
    /** The first loads and links everything; the others let the compiler take notice. */
    static final int LEADERS = 10;

    private static final long REST_NANOS = 500_000_000;

    private static final int WRITES = 5;
    private static final int STEP_MILLIS = 5;
    private static final int EXCHANGES_PER_STEP = 6;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Far above the links between members. */
    private static final long CLIENT_LINKS = 1L << 40;

    private static final int TICK_MILLIS = 200;
    private static final int CLIENT_TICKS = 100;
    private static final int RESERVE_BYTES = 1 << 16;
    private static final int WINDOW_TXNS = 1_000;
    private static final long WINDOW_BYTES = 1 << 20;

    private static final AtomicBoolean HELD = new AtomicBoolean();

    private final List<Member> members = new ArrayList<>();
    private final Wires wires = new Wires(members);
    private long nowMillis = 1;
    private long lastClient = CLIENT_LINKS;

    private Rehearsal() {
        Map<String, String> lines = new TreeMap<>();
        for (long id = 1; id <= MEMBERS; id++) {
            lines.put(Long.toString(id), host(id) + ":2888:3888");
        }
        ServerList servers = new ServerList(new ServerList.Lines(lines, Map.of(), Map.of()));
        for (long id = 1; id <= MEMBERS; id++) {
            Member member = new Member(options(id, servers), wires.of(id));
            members.add(member);
            member.start(nowMillis);
        }
    }

    /** Begins it on a thread of its own, unless this JVM has had one. */
    public static void beginOnce() {
        if (HELD.compareAndSet(false, true)) {
            Thread thread = new Thread(Rehearsal::hold, "rehearsal");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
    }

    private static void hold() {
        try {
            long begun = System.nanoTime();
            play(() -> LockSupport.parkNanos(REST_NANOS));
            LOG.debug("Elections were rehearsed within {} ms", (System.nanoTime() - begun) / NANOS_PER_MILLI);
        } catch (RuntimeException | Error failed) {
            LOG.warn("The rehearsal of elections has failed. The server itself does not depend on it", failed);
        }
    }

    /**
     * Plays it.
     *
     * @param rest before each change of leader
     * @return the zxid at the end, whose epoch says how many terms there were at least
     */
    static long play(Runnable rest) {
        return new Rehearsal().play(LEADERS, rest);
    }

    private long play(int leaders, Runnable rest) {
        settle(() -> isServing(members));
        for (int i = 0; i < leaders; i++) {
            rest.run();
            members.forEach(this::write);
            Member leader = leader(members);
            List<Member> others =
                    members.stream().filter(member -> member != leader).toList();
            leader.kill();
            wires.hangUpAll(leader);
            settle(() -> others.stream().anyMatch(Member::isLeading) && isServing(others));
            others.forEach(this::write);
            leader.start(nowMillis);
            settle(() -> isServing(members));
        }
        return members.get(0).zxid();
    }

    private static boolean isServing(List<Member> members) {
        return members.stream().allMatch(Member::isServing);
    }

    /** A client writes through one of them. */
    private void write(Member member) {
        long link = ++lastClient;
        member.openClient(link);
        settle(() -> member.answeredXid() >= 0);
        for (int xid = 1; xid <= WRITES; xid++) {
            member.create(link, xid, "/rehearsal" + link + "-" + xid);
        }
        member.sync(link, WRITES + 1);
        settle(() -> member.answeredXid() == WRITES + 1);
    }

    private static Member leader(List<Member> members) {
        return members.stream()
                .filter(Member::isLeading)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody leads"));
    }

    private void settle(BooleanSupplier until) {
        long deadline = nowMillis + PATIENCE_MILLIS;
        while (!until.getAsBoolean()) {
            if (nowMillis > deadline) {
                throw new IllegalStateException("the ensemble in memory stands still");
            }
            nowMillis += STEP_MILLIS;
            for (int i = 0; i < EXCHANGES_PER_STEP; i++) {
                members.forEach(member -> member.turn(nowMillis));
                wires.deliver();
            }
        }
    }

    static long nanos(long millis) {
        return millis * NANOS_PER_MILLI;
    }

    static String host(long memberId) {
        return "member" + memberId;
    }

    private static ReplicaOptions options(long id, ServerList servers) {
        ServerList.Patience patience =
                new ServerList.Patience(TICK_MILLIS, 10, 5, 0, TICK_MILLIS, TICK_MILLIS, TICK_MILLIS, 2 * TICK_MILLIS);
        EnsembleOptions ensemble = servers.member(id, patience, WINDOW_TXNS, WINDOW_BYTES, true);
        ReplicaOptions.Storage usual = ReplicaOptions.Storage.DEFAULTS;
        ReplicaOptions.Storage small = new ReplicaOptions.Storage(
                usual.snapCount(), usual.snapSizeBytes(), 0, RESERVE_BYTES, usual.retainedSnapshots(), false);
        return new ReplicaOptions(
                id,
                new ReplicaOptions.Times(TICK_MILLIS, 2 * TICK_MILLIS, CLIENT_TICKS * TICK_MILLIS),
                Limits.DEFAULTS,
                ReplicaOptions.Nodes.DEFAULTS,
                ReplicaOptions.Access.DEFAULTS,
                small,
                false,
                ThrottleOptions.OFF,
                ensemble);
    }
}
