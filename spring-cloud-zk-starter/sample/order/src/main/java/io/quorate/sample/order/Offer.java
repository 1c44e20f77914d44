package io.quorate.sample.order;

/**
 * What a customer is told of an item.
 *
 * @param priceCents of one piece, with the discount of the moment
 * @param inventory the instance of the inventory service that was asked
 */
record Offer(String item, int available, int priceCents, String inventory) {}
