package io.quorate.cloud.zk.registry;

/** What says whether this application may be called. It is in service when none of them refuses. */
enum TrafficProbe {
    /** The readiness of the application. */
    READINESS,
    /** A group of its health. */
    HEALTH_GROUP
}
