package io.quorate.core.wire.client;

import org.jspecify.annotations.Nullable;

/** The operations a client may name (client protocol 3.1). Numbers that are not here are answered UNIMPLEMENTED. */
public enum OpCode {
    CREATE(1),
    DELETE(2),
    EXISTS(3),
    GET_DATA(4),
    SET_DATA(5),
    GET_ACL(6),
    SET_ACL(7),
    GET_CHILDREN(8),
    SYNC(9),
    PING(11),
    GET_CHILDREN2(12),
    CHECK(13),
    MULTI(14),
    CREATE2(15),
    RECONFIG(16),
    CHECK_WATCHES(17),
    REMOVE_WATCHES(18),
    CREATE_CONTAINER(19),
    DELETE_CONTAINER(20),
    CREATE_TTL(21),
    MULTI_READ(22),
    AUTH(100),
    SET_WATCHES(101),
    SASL(102),
    GET_EPHEMERALS(103),
    GET_ALL_CHILDREN_NUMBER(104),
    SET_WATCHES2(105),
    ADD_WATCH(106),
    WHO_AM_I(107),
    CREATE_SESSION(-10),
    CLOSE_SESSION(-11);

    private static final int SHORT_NAME_LENGTH = 4;
    private static final int LOWEST = -11;
    private static final int HIGHEST = 107;
    private static final OpCode[] BY_CODE = new OpCode[HIGHEST - LOWEST + 1];

    static {
        for (OpCode op : values()) {
            BY_CODE[op.code - LOWEST] = op;
        }
    }

    private final int code;

    OpCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The operation with that number, or null. */
    public static @Nullable OpCode of(int code) {
        return code < LOWEST || code > HIGHEST ? null : BY_CODE[code - LOWEST];
    }

    /** What the reference's connection statistics call it (operations 2.2). */
    public String shortName() {
        return switch (this) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL -> "CREA";
            case DELETE, DELETE_CONTAINER -> "DELE";
            case GET_CHILDREN, GET_CHILDREN2 -> "GETC";
            case GET_ALL_CHILDREN_NUMBER -> "GETACN";
            case MULTI -> "MULT";
            case MULTI_READ -> "MLTR";
            case SET_WATCHES -> "SETW";
            case SET_WATCHES2 -> "STW2";
            case ADD_WATCH -> "ADDW";
            case CHECK_WATCHES -> "CHKW";
            case REMOVE_WATCHES -> "REMW";
            case WHO_AM_I -> "HOMI";
            case CREATE_SESSION -> "SESS";
            case CLOSE_SESSION -> "CLOS";
            default -> firstLetters();
        };
    }

    private String firstLetters() {
        StringBuilder letters = new StringBuilder(SHORT_NAME_LENGTH);
        for (int i = 0; letters.length() < SHORT_NAME_LENGTH && i < name().length(); i++) {
            if (name().charAt(i) != '_') {
                letters.append(name().charAt(i));
            }
        }
        return letters.toString();
    }

    /** Whether it changes something, and so becomes a transaction. */
    public boolean isWrite() {
        return switch (this) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, DELETE, DELETE_CONTAINER -> true;
            case SET_DATA, SET_ACL, CHECK, MULTI, RECONFIG, CREATE_SESSION, CLOSE_SESSION -> true;
            default -> false;
        };
    }

    /**
     * Whether a client may send it as the operation of a request. The others exist inside a multi or inside the server.
     */
    public boolean isAcceptedFromClients() {
        return this != CHECK && this != DELETE_CONTAINER && this != CREATE_SESSION;
    }
}
