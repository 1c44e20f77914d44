package io.quorate.runtime.netty;

import io.quorate.core.replica.Replica;
import io.quorate.runtime.metrics.ServerCounters;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers four-letter words in the reference's words (operations 2.2), so that scripts and agents go on working. */
public final class FourLetterWords {

    private static final long DEFAULT_TRACE_MASK = 0b100110010;

    /** Monitoring agents look for these very words. */
    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";

    private final ServerFacts facts;
    private final ServerCounters counters;
    private final Executor aside;
    /** Kept and told, as tools expect; our own tracing is configured by loggers. */
    private long traceMask = DEFAULT_TRACE_MASK;

    /** @param aside carries out what looks at directories or asks the network, which the replica must not wait for */
    public FourLetterWords(ServerFacts facts, ServerCounters counters, Executor aside) {
        this.facts = facts;
        this.counters = counters;
        this.aside = aside;
    }

    /** @param to called once, at once on this thread or later on another one */
    void answer(FourLetterWord word, long argument, Replica replica, ClientPort port, Consumer<byte[]> to) {
        deliver(word, () -> answer(word, argument, replica, port), to);
    }

    /** While the data is being loaded: what does not need it is answered, as by the reference (operations 2.1). */
    void answerNotServing(FourLetterWord word, long argument, Consumer<byte[]> to) {
        deliver(word, () -> answerNotServing(word, argument), to);
    }

    private void deliver(FourLetterWord word, Supplier<byte[]> answer, Consumer<byte[]> to) {
        if (!word.looksOutside() || !facts.allows(word)) {
            to.accept(answer.get());
            return;
        }
        try {
            aside.execute(() -> to.accept(answer.get()));
        } catch (RejectedExecutionException tooMany) {
            to.accept((word.text() + " cannot be answered: too many have asked at once\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private byte[] answer(FourLetterWord word, long argument, Replica replica, ClientPort port) {
        if (word == FourLetterWord.TELNET_CLOSE) {
            return new byte[0];
        }
        if (!replica.letsClientsIn()) {
            return answerNotServing(word, argument);
        }
        String text = facts.allows(word) ? renderOrExplain(word, argument, replica, port) : notListed(word);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] answerNotServing(FourLetterWord word, long argument) {
        if (word == FourLetterWord.TELNET_CLOSE) {
            return new byte[0];
        }
        String text = facts.allows(word) ? renderNotServing(word, argument) : notListed(word);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String renderNotServing(FourLetterWord word, long argument) {
        return switch (word) {
            case RUOK -> "imok";
            case ISRO -> "null";
            case GTMK -> Long.toString(traceMask);
            case STMK -> Long.toString(traceMask = argument);
            case ENVI -> EnvironmentReport.render(facts);
            case HASH -> NOT_SERVING;
            default -> NOT_SERVING + "\n";
        };
    }

    private static String notListed(FourLetterWord word) {
        return word.text() + " is not executed because it is not in the whitelist.\n";
    }

    /** A directory that cannot be listed, say for want of file descriptors, is no reason for the server to end. */
    private String renderOrExplain(FourLetterWord word, long argument, Replica replica, ClientPort port) {
        try {
            return render(word, argument, replica, port);
        } catch (UncheckedIOException unanswerable) {
            return word.text() + " cannot be answered: " + unanswerable.getMessage() + "\n";
        }
    }

    private String render(FourLetterWord word, long argument, Replica replica, ClientPort port) {
        return switch (word) {
            case RUOK -> "imok";
            case ISRO -> "rw";
            case GTMK -> Long.toString(traceMask);
            case STMK -> Long.toString(traceMask = argument);
            case SRST -> resetServer(replica);
            case CRST -> resetConnections(replica);
            case ENVI -> EnvironmentReport.render(facts);
            case CONF, DIRS -> ConfigurationReport.render(word, facts, port);
            case WCHS, WCHC, WCHP -> WatchReport.render(word, replica.admin());
            case CONS -> ConnectionReport.render(replica.admin(), port);
            case DUMP -> SessionReport.render(replica);
            default -> ServerReport.render(word, new ServerReport.Sources(facts, counters, replica, port));
        };
    }

    private String resetServer(Replica replica) {
        counters.resetRequestStatistics();
        replica.resetProposalSizes();
        return "Server stats reset.\n";
    }

    private static String resetConnections(Replica replica) {
        replica.admin().resetConnectionStatistics();
        return "Connection stats reset.\n";
    }
}
