package io.quorate.core.request;

import static io.quorate.core.wire.client.OpCode.CREATE_CONTAINER;
import static io.quorate.core.wire.client.OpCode.CREATE_TTL;

import io.quorate.core.tree.NodeKinds;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;

/** The seven values of the flags field of a create, and which operation may carry them (client protocol 3.3). */
enum CreateKind {
    PERSISTENT(false, false),
    EPHEMERAL(true, false),
    PERSISTENT_SEQUENTIAL(false, true),
    EPHEMERAL_SEQUENTIAL(true, true),
    CONTAINER(false, false),
    TTL(false, false),
    TTL_SEQUENTIAL(false, true);

    private static final CreateKind[] BY_FLAGS = values();

    private final boolean ephemeral;
    private final boolean sequential;

    CreateKind(boolean ephemeral, boolean sequential) {
        this.ephemeral = ephemeral;
        this.sequential = sequential;
    }

    boolean isEphemeral() {
        return ephemeral;
    }

    boolean isSequential() {
        return sequential;
    }

    private boolean isTtl() {
        return this == TTL || this == TTL_SEQUENTIAL;
    }

    /** The kind a request asks for, or a refusal when its flags, its operation and its TTL do not go together. */
    static CreateKind of(Operation.Create create, NodeKinds kinds) {
        int flags = create.flags();
        RequestRefused.unless(flags >= 0 && flags < BY_FLAGS.length, ErrorCode.BAD_ARGUMENTS);
        CreateKind kind = BY_FLAGS[flags];
        RequestRefused.unless(!kind.isTtl() || kinds.extendedTypes(), ErrorCode.UNIMPLEMENTED);
        RequestRefused.unless(kind.fits(create.op()), ErrorCode.BAD_ARGUMENTS);
        boolean ttlFits = !kind.isTtl() || create.ttlMillis() > 0 && create.ttlMillis() <= NodeKinds.MAX_TTL;
        RequestRefused.unless(ttlFits, ErrorCode.BAD_ARGUMENTS);
        return kind;
    }

    private boolean fits(OpCode op) {
        return switch (this) {
            case CONTAINER -> op == CREATE_CONTAINER;
            case TTL, TTL_SEQUENTIAL -> op == CREATE_TTL;
            default -> op != CREATE_CONTAINER && op != CREATE_TTL;
        };
    }
}
