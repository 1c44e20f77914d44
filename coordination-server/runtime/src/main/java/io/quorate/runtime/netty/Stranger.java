package io.quorate.runtime.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Says what a client speaks whose first frame would be longer than any may be. */
final class Stranger {

    /** A handshake record of TLS, version 3 of its predecessor, as every version since has it. */
    private static final int TLS_RECORD = 0x1603;

    private static final List<String> HTTP =
            List.of("GET ", "HEAD", "POST", "PUT ", "DELE", "OPTI", "PATC", "TRAC", "CONN", "PRI ");

    private Stranger() {}

    /**
     * @param beginning the first four bytes
     * @param maxFrameBytes what a frame may have
     */
    static String describe(int beginning, int maxFrameBytes) {
        if (beginning >>> Short.SIZE == TLS_RECORD) {
            return "it is encrypted (TLS), and this port is not."
                    + " Encrypted clients belong to coordination.secure-client-port";
        }
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(beginning).array();
        if (HTTP.contains(new String(bytes, StandardCharsets.ISO_8859_1))) {
            return "it speaks HTTP, and this port is for clients of ZooKeeper";
        }
        return "its first frame has " + beginning + " bytes, and " + maxFrameBytes + " are allowed (jute.maxbuffer)";
    }
}
