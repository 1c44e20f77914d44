package io.quorate.runtime.kit;

/** {@link QuotaKit} on Apache ZooKeeper. */
final class ReferenceQuotaTest extends QuotaKit implements OnReference {}
