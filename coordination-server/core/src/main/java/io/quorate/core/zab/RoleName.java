package io.quorate.core.zab;

/** The states an operator sees. */
public enum RoleName {
    LOOKING,
    LEADING,
    FOLLOWING,
    OBSERVING,
    STANDALONE
}
