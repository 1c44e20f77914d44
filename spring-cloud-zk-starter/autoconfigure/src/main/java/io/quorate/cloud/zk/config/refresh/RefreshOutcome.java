package io.quorate.cloud.zk.config.refresh;

/** How a change ended. */
public enum RefreshOutcome {

    /** The application has it. */
    APPLIED,

    /** The application failed on it and was given back what it had. */
    REFUSED,

    /** A document cannot be parsed, so that the application was not told. */
    MALFORMED,

    /** No refresh took it: refreshing is off, failed before it read configuration, or the application ended. */
    IGNORED
}
