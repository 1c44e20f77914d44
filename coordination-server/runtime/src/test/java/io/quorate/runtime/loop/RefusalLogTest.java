package io.quorate.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.quorate.core.port.ServerEvents;
import io.quorate.runtime.metrics.ServerCounters;
import io.quorate.runtime.netty.RefusalLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class RefusalLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final ServerCounters counters = new ServerCounters();
    private long nowNanos = Long.MAX_VALUE - 5;
    private final ServerEvents events = new EventLog(counters, () -> nowNanos);

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(appender);
    }

    private List<String> warnings() {
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void theFirstIsToldAndThenOneInAnIntervalWithTheNumberOfTheOthers() {
        for (int i = 0; i < 1000; i++) {
            events.electionLinkRefused("10.0.0." + i, "no election handshake in time");
        }
        assertThat(warnings()).singleElement().asString().contains("from 10.0.0.0 ", "no election handshake in time");

        nowNanos += RefusalLog.INTERVAL_NANOS - 1;
        events.electionLinkRefused("10.0.1.1", "x");
        assertThat(warnings()).hasSize(1);

        nowNanos++;
        events.electionLinkRefused("10.0.1.2", "x");
        assertThat(warnings()).hasSize(2);
        assertThat(warnings().get(1)).contains("from 10.0.1.2 ", "(1000 more were closed");
        assertThat(counters.statistics().electionLinksRefused()).isEqualTo(1002);
    }

    @Test
    void whatOthersSendMakesOneShortLine() {
        events.electionLinkRefused("10.0.0.1", "handshake with 'a\r\nFATAL\u2028\u001b[2J" + "z".repeat(5000) + "'");

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("'a??FATAL??[2J")
                .doesNotContainPattern("\\p{Cntrl}")
                .hasSizeLessThan(500);
    }
}
