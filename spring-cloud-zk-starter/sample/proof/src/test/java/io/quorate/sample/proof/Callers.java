package io.quorate.sample.proof;

import java.net.http.HttpRequest.BodyPublishers;

/** Customers: they ask all order services for offers, which need no server, and place orders, which need a lock. */
final class Callers {

    static final int OFFERS_PER_SECOND = 200;
    static final int ORDERS_PER_SECOND = 5;

    private static final String WISH = "{\"item\":\"book\",\"quantity\":1}";

    private final Load offers;
    private final Load orders;

    /** They begin at once. */
    Callers(Deployment sample) {
        offers = sample.load(
                OFFERS_PER_SECOND, order -> order.request("/offers/book").build());
        orders = sample.load(
                ORDERS_PER_SECOND,
                order -> order.request("/orders")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(WISH))
                        .build());
    }

    /** What they were told. */
    record Told(Calls offers, Calls orders) {

        @Override
        public String toString() {
            return "offers " + offers + "; orders " + orders;
        }
    }

    /** They end, and have all their answers. */
    Told stop() {
        return new Told(offers.stop(), orders.stop());
    }
}
