package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import io.quorate.simulation.Violation;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Conversation;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.history.Received.Event;
import io.quorate.simulation.history.Received.EventKind;
import io.quorate.simulation.history.Request;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One client: keeps a session over disconnections and crashes as the usual client libraries do, pipelines requests,
 * pings, sets its watches again, and from time to time goes away for a while. Whatever it is told goes into the
 * history.
 */
public final class SimClient implements Transport.Peer {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int PASSWORD_BYTES = 16;
    private static final int EVENT_XID = -1;
    private static final int PING_XID = -2;

    /** What a client shares with the rest of the world. */
    public record World(SimScheduler time, Trace trace, History history, Transport transport) {}

    /**
     * How a client behaves.
     *
     * @param window requests in flight
     * @param thinkNanos average pause between two requests
     * @param eager whether it sends requests behind its handshake without waiting for the response
     * @param napOneIn a pause in so many is a nap, without a connection, maybe longer than the session lasts; 0 for
     *     never
     */
    public record Habits(String name, int timeoutMillis, int window, boolean eager, long thinkNanos, long napOneIn) {}

    private final World world;
    private final Habits habits;
    private final SimRandom random;
    private final Workload workload;
    private final Knowledge knowledge = new Knowledge();
    private final WatchMemory watches = new WatchMemory();
    private final ArrayDeque<Invocation> pending = new ArrayDeque<>();

    /** The one that was chosen last; -1 before the first time. */
    private int server = -1;

    private long session;
    private byte[] password = new byte[PASSWORD_BYTES];
    private long lastZxid;
    private int timeoutMillis;

    private Transport.@Nullable Connection connection;
    /** Null until the handshake is over. */
    private @Nullable Conversation conversation;

    private long lastHeardNanos;
    private long lastSentNanos;
    private int pingsUnderWay;
    /** Nothing more is asked; what is under way is waited for. */
    private boolean draining;
    /** It never comes back. */
    private boolean gone;
    /** A closeSession is under way: nothing may be asked behind it. */
    private boolean closing;

    public SimClient(World world, Habits habits, SimRandom random) {
        this.world = world;
        this.habits = habits;
        this.random = random.stream(habits.name());
        this.workload = new Mixture(habits.name(), this.random);
        this.timeoutMillis = habits.timeoutMillis();
    }

    public void start() {
        connect();
        world.time().after(random.below(NANOS_PER_MILLI), this::work);
    }

    /** Asks nothing more of its own accord. */
    public void drain() {
        draining = true;
    }

    /** Whether it has a session and knows what became of everything. */
    public boolean isSettled() {
        return conversation != null && pending.isEmpty() && !closing;
    }

    /** Asks this one thing; only while settled. */
    public Invocation ask(Request request) {
        return invoke(request);
    }

    /** Goes away for good, without a word. */
    public void vanish() {
        draining = true;
        gone = true;
        Transport.Connection current = connection;
        if (current != null) {
            current.close();
        }
        disconnected(0);
    }

    // ---------------------------------------------------------------------------------------------------- connecting

    private void connect() {
        if (gone) {
            return;
        }
        Transport.Connection opened = world.transport().connect(chooseServer(), "127.0.0.1", this);
        connection = opened;
        lastHeardNanos = world.time().nowNanos();
        closing = false;
        opened.send(RequestEncoder.connect(lastZxid, habits.timeoutMillis(), session, password));
        for (int i = 0; habits.eager() && !draining && !closing && i < habits.window(); i++) {
            invoke(workload.next(knowledge, random));
        }
        keepAlive(opened);
    }

    /** Often the one it had before, so that what is left of its last connection there meets the new one. */
    private int chooseServer() {
        int servers = world.transport().servers();
        if (servers > 1 && (server < 0 || !random.oneIn(3))) {
            server = (int) random.below(servers);
        }
        return Math.max(0, server);
    }

    /** Pings while nothing else is sent, and gives a silent connection up. */
    private void keepAlive(Transport.Connection watched) {
        long now = world.time().nowNanos();
        long patience = timeoutMillis * NANOS_PER_MILLI / 3;
        if (watched != connection) {
            return;
        }
        if (now - lastHeardNanos > 2 * patience) {
            world.trace().note(habits.name() + " gives up silent link", watched.link());
            watched.close();
            disconnected(backoff());
            return;
        }
        if (conversation != null && now - lastSentNanos > patience / 2) {
            pingsUnderWay++;
            send(RequestEncoder.ping());
        }
        world.time().after(patience / 4, () -> keepAlive(watched));
    }

    private void disconnected(long backoffNanos) {
        connection = null;
        conversation = null;
        pingsUnderWay = 0;
        for (Invocation lost : pending) {
            world.history().lost(lost);
        }
        pending.clear();
        world.time().after(backoffNanos, this::connect);
    }

    private long backoff() {
        return random.between(100_000, 4 * NANOS_PER_MILLI);
    }

    @Override
    public void onClosed(Transport.Connection closed) {
        if (closed == connection) {
            disconnected(backoff());
        }
    }

    @Override
    public void onFrame(Transport.Connection from, ByteBuffer frame) {
        if (from != connection) {
            return;
        }
        lastHeardNanos = world.time().nowNanos();
        FrameReader in = new FrameReader(frame);
        Conversation current = conversation;
        try {
            if (current == null) {
                onHandshake(from, in);
            } else {
                onMessage(current, in);
            }
        } catch (BufferUnderflowException tooShort) {
            throw new Violation("protocol", "a frame of " + frame.remaining() + " bytes ends too early");
        }
    }

    private void onHandshake(Transport.Connection from, FrameReader in) {
        Violation.unless(in.int32() == 0, "protocol", "protocol version in a handshake response");
        int negotiated = in.int32();
        long given = in.int64();
        byte[] givenPassword = in.bytes();
        in.bool();
        in.end();
        Violation.unless(
                givenPassword != null && givenPassword.length == PASSWORD_BYTES, "protocol", "length of a password");
        if (given == 0) {
            onSessionRefused(from);
            return;
        }
        Violation.unless(session == 0 || session == given, "protocol", "0x%x resumed as 0x%x", session, given);
        session = given;
        password = givenPassword;
        timeoutMillis = negotiated;
        conversation = world.history().connected(from.link(), given, negotiated, pending);
        world.trace().note(habits.name() + " has session", given);
        Request restore = watches.restore(lastZxid);
        if (restore != null) {
            invoke(restore);
        }
    }

    private void onSessionRefused(Transport.Connection from) {
        Violation.unless(session != 0, "protocol", "a new session was refused");
        world.trace().note(habits.name() + " has lost session", session);
        world.history().sessionRefused(session);
        forgetSession();
        from.close();
        disconnected(backoff());
    }

    private void forgetSession() {
        session = 0;
        password = new byte[PASSWORD_BYTES];
        lastZxid = 0;
        watches.clear();
    }

    // ------------------------------------------------------------------------------------------------------- talking

    private void work() {
        if (draining) {
            return;
        }
        Transport.Connection current = connection;
        if (current != null && random.oneIn(habits.napOneIn())) {
            long nap = random.below(3L * timeoutMillis * NANOS_PER_MILLI);
            world.trace().note(habits.name() + " naps", nap);
            current.close();
            disconnected(nap);
        }
        for (long burst = 1 + random.below(3); burst > 0 && mayAsk(); burst--) {
            invoke(workload.next(knowledge, random));
        }
        world.time().after(random.below(2 * habits.thinkNanos()), this::work);
    }

    private boolean mayAsk() {
        return conversation != null && !closing && pending.size() < habits.window();
    }

    private Invocation invoke(Request request) {
        Invocation invocation =
                world.history().invoke(session, request, world.time().nowNanos());
        pending.addLast(invocation);
        closing |= request instanceof Request.CloseSession;
        send(RequestEncoder.encode(invocation.xid(), request));
        explain("asks", invocation);
        return invocation;
    }

    private void send(ByteBuffer frame) {
        lastSentNanos = world.time().nowNanos();
        Transport.Connection current = connection;
        if (current != null) {
            current.send(frame);
        }
    }

    private void onMessage(Conversation current, FrameReader in) {
        int xid = in.int32();
        long zxid = in.int64();
        int error = in.int32();
        if (xid == EVENT_XID) {
            EventKind kind = EventKind.of(in.int32());
            Violation.unless(kind != null && in.int32() == 3, "protocol", "an unknown event");
            Event event = new Event(kind, String.valueOf(in.text()), zxid);
            in.end();
            current.event(event);
            watches.learn(event);
        } else if (xid == PING_XID) {
            in.end();
            Violation.unless(pingsUnderWay-- > 0, "C1", "%s: a reply to no ping", current);
        } else {
            onReply(current, xid, zxid, error, in);
        }
    }

    private void onReply(Conversation current, int xid, long zxid, int error, FrameReader in) {
        Invocation oldest = pending.pollFirst();
        Violation.unless(oldest != null, "C1", "%s: reply #%d to nothing", current, xid);
        Violation.unless(oldest.xid() == xid, "C1", "%s: reply #%d instead of one to %s", current, xid, oldest);
        Answer answer = ReplyDecoder.decode(oldest.request(), error, in);
        world.history().answered(current, oldest, zxid, answer);
        explain("hears", oldest);
        lastZxid = zxid;
        knowledge.learn(oldest);
        watches.learn(oldest);
        if (oldest.request() instanceof Request.CloseSession) {
            onCloseAnswered(error);
        }
    }

    /** The connection ends behind a close; one that was refused leaves everything as it was. */
    private void onCloseAnswered(int error) {
        if (error == Answer.OK) {
            forgetSession();
        } else {
            closing = false;
        }
    }

    private void explain(String what, Invocation invocation) {
        if (world.trace().isRead()) {
            world.trace().explain(habits.name() + " " + what + " " + invocation);
        }
    }
}
