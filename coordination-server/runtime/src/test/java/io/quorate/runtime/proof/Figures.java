package io.quorate.runtime.proof;

import org.junit.jupiter.api.TestReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a proof has counted, for its report and for who watches it run: test logs show warnings only. */
final class Figures {

    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

    private final TestReporter report;

    Figures(TestReporter report) {
        this.report = report;
    }

    void publish(String what, String value) {
        report.publishEntry(what, value);
        LOG.warn("{}: {}", what, value);
    }
}
