package io.quorate.sample.inventory;

/**
 * What the shelf holds.
 *
 * @param available pieces that may be ordered
 * @param priceCents of one piece
 * @param instance that has answered
 */
record Stock(String item, int available, int priceCents, String instance) {}
