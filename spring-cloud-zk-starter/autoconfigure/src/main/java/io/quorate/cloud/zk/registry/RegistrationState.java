package io.quorate.cloud.zk.registry;

/** Where the node of an instance stands. */
public enum RegistrationState {
    /** Nothing has been asked for. */
    IDLE,
    /** It is to be created, or created again. */
    CREATING,
    /** It is there, in this session, with the data that was last written. */
    REGISTERED,
    /** The connection is gone; whether the node is there is not known. */
    UNCERTAIN,
    /** It has been removed for good. */
    CLOSED
}
