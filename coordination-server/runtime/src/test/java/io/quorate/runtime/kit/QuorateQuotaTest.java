package io.quorate.runtime.kit;

/** {@link QuotaKit} on this server. */
final class QuorateQuotaTest extends QuotaKit implements OnQuorate {}
