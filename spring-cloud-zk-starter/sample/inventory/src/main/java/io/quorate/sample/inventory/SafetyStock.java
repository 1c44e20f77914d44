package io.quorate.sample.inventory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.stereotype.Component;

/**
 * Pieces of each item that are not offered. A change of {@code /config/inventory/inventory.safety-stock} makes a new
 * one, and everybody who has this injected sees it.
 */
@Component
@RefreshScope
class SafetyStock {

    private final int pieces;

    SafetyStock(@Value("${inventory.safety-stock:0}") int pieces) {
        this.pieces = pieces;
    }

    int pieces() {
        return pieces;
    }
}
