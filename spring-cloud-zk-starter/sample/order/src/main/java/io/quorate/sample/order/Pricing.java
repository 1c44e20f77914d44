package io.quorate.sample.order;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Bound again whenever {@code /config/order/pricing.discount-percent} changes; no restart, and nobody who has this
 * injected needs to know.
 */
@ConfigurationProperties("pricing")
class Pricing {

    private volatile int discountPercent;

    public int getDiscountPercent() {
        return discountPercent;
    }

    public void setDiscountPercent(int discountPercent) {
        this.discountPercent = discountPercent;
    }

    int discounted(int cents) {
        return cents * (100 - discountPercent) / 100;
    }
}
