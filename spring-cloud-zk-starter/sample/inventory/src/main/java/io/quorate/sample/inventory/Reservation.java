package io.quorate.sample.inventory;

/** Pieces for an order. Asking again for the same order takes nothing more, so callers may repeat it. */
record Reservation(String orderId, int quantity) {}
