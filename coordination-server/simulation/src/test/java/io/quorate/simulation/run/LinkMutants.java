package io.quorate.simulation.run;

import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.CloseReason;
import io.quorate.simulation.server.Wiring;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Faults of what the core says to clients, and when. Offsets count the length prefix (client protocol 1.2, 2.3). */
final class LinkMutants {

    private static final int XID = 4;
    private static final int ZXID = 8;
    private static final int ERROR = 16;
    private static final int BODY = 20;
    private static final int HANDSHAKE_TIMEOUT = 8;
    private static final int EVENT = -1;

    private LinkMutants() {}

    /** What a mutant does with one message. */
    private abstract static class Mutated implements ClientLinks {

        private final Set<Long> greeted = new HashSet<>();
        /** Where messages really go; set for each life of the server. */
        private ClientLinks links;

        final Wiring wiring() {
            return new Wiring() {
                @Override
                public ClientLinks clientLinks(ClientLinks straight) {
                    links = straight;
                    return Mutated.this;
                }
            };
        }

        @Override
        public final void send(long link, ByteBuffer message) {
            ByteBuffer copy = ByteBuffer.allocate(message.remaining())
                    .put(message.duplicate())
                    .flip();
            if (greeted.add(link)) {
                handshake(link, copy);
            } else if (copy.getInt(XID) == EVENT) {
                event(link, copy);
            } else if (copy.getInt(XID) > 0) {
                reply(link, copy);
            } else {
                pass(link, copy);
            }
        }

        final void pass(long link, ByteBuffer message) {
            links.send(link, message);
        }

        void handshake(long link, ByteBuffer message) {
            pass(link, message);
        }

        void event(long link, ByteBuffer message) {
            pass(link, message);
        }

        void reply(long link, ByteBuffer message) {
            pass(link, message);
        }

        @Override
        public final void close(long link, CloseReason reason) {
            links.close(link, reason);
        }

        @Override
        public final void pauseReading(long link) {
            links.pauseReading(link);
        }

        @Override
        public final void resumeReading(long link) {
            links.resumeReading(link);
        }
    }

    static Wiring eventBehindReply() {
        Map<Long, List<ByteBuffer>> held = new HashMap<>();
        return new Mutated() {
            @Override
            void event(long link, ByteBuffer message) {
                held.computeIfAbsent(link, any -> new ArrayList<>()).add(message);
            }

            @Override
            void reply(long link, ByteBuffer message) {
                pass(link, message);
                List<ByteBuffer> late = held.remove(link);
                if (late != null) {
                    late.forEach(event -> pass(link, event));
                }
            }
        }.wiring();
    }

    static Wiring loseEvent() {
        BooleanSupplier now = DiskMutants.every(5);
        return new Mutated() {
            @Override
            void event(long link, ByteBuffer message) {
                if (!now.getAsBoolean()) {
                    pass(link, message);
                }
            }
        }.wiring();
    }

    static Wiring repeatEvent() {
        BooleanSupplier now = DiskMutants.every(5);
        return new Mutated() {
            @Override
            void event(long link, ByteBuffer message) {
                pass(link, message);
                if (now.getAsBoolean()) {
                    pass(link, message);
                }
            }
        }.wiring();
    }

    static Wiring swapReplies() {
        BooleanSupplier now = DiskMutants.every(20);
        Map<Long, ByteBuffer> held = new HashMap<>();
        return new Mutated() {
            @Override
            void reply(long link, ByteBuffer message) {
                if (!held.containsKey(link) && now.getAsBoolean()) {
                    held.put(link, message);
                    return;
                }
                pass(link, message);
                ByteBuffer late = held.remove(link);
                if (late != null) {
                    pass(link, late);
                }
            }
        }.wiring();
    }

    private static Wiring shiftedZxid(int by) {
        BooleanSupplier now = DiskMutants.every(20);
        return new Mutated() {
            @Override
            void reply(long link, ByteBuffer message) {
                if (now.getAsBoolean()) {
                    message.putLong(ZXID, message.getLong(ZXID) + by);
                }
                pass(link, message);
            }
        }.wiring();
    }

    static Wiring olderZxid() {
        return shiftedZxid(-1);
    }

    static Wiring laterZxid() {
        return shiftedZxid(1);
    }

    static Wiring errorAsSuccess() {
        return new Mutated() {
            @Override
            void reply(long link, ByteBuffer message) {
                message.putInt(ERROR, 0);
                pass(link, message);
            }
        }.wiring();
    }

    static Wiring longerTimeout() {
        return new Mutated() {
            @Override
            void handshake(long link, ByteBuffer message) {
                message.putInt(HANDSHAKE_TIMEOUT, 5 * message.getInt(HANDSHAKE_TIMEOUT));
                pass(link, message);
            }
        }.wiring();
    }

    static Wiring changeReadData() {
        BooleanSupplier now = DiskMutants.every(20);
        return new Mutated() {
            @Override
            void reply(long link, ByteBuffer message) {
                int at = BODY + Integer.BYTES;
                if (message.remaining() > at && now.getAsBoolean()) {
                    message.put(at, (byte) (message.get(at) + 1));
                }
                pass(link, message);
            }
        }.wiring();
    }
}
