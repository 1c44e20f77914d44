package io.quorate.sample.order;

/** An order as the database holds it. */
record Order(String id, String item, int quantity, int priceCents, Status status) {

    /** How far an order has come. */
    enum Status {
        /** Nothing is reserved for it yet, as far as is known. */
        NEW,
        /** Its pieces are reserved. */
        PLACED,
        /** There were not enough of them. */
        REJECTED,
        /** On its way. */
        SHIPPED
    }
}
