package io.quorate.simulation.check;

/** What a transaction did to one node, as far as watches care. */
record Change(Kind kind, String path) {

    enum Kind {
        CREATED,
        DELETED,
        DATA_CHANGED
    }
}
