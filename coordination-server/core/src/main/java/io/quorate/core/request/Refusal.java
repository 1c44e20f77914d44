package io.quorate.core.request;

import io.quorate.core.port.CloseReason;
import io.quorate.core.wire.ErrorCode;

/** A reply that concerns the connection alone and is followed by its end (client protocol 4.2). */
record Refusal(int xid, long zxid, ErrorCode error, CloseReason reason) {

    static Refusal unknownOperation(int xid) {
        return new Refusal(xid, -1, ErrorCode.UNIMPLEMENTED, CloseReason.UNKNOWN_OPERATION);
    }

    static Refusal authenticationRequired(int xid) {
        return new Refusal(xid, 0, ErrorCode.AUTHENTICATION_REQUIRED, CloseReason.AUTHENTICATION_REQUIRED);
    }
}
