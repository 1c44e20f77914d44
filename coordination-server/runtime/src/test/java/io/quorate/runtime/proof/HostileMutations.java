package io.quorate.runtime.proof;

import io.quorate.runtime.proof.HostileMessage.Field;
import io.quorate.runtime.proof.HostileMessage.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Ways to break a message. */
final class HostileMutations {

    static final int HEADER_BYTES = 8;

    private static final int[] INTS = {
        0,
        1,
        -1,
        -2,
        2,
        3,
        7,
        127,
        128,
        255,
        256,
        65_535,
        1 << 20,
        0xfffff,
        0x100000,
        0x7ffffffe,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1
    };
    private static final long[] LONGS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, (1L << 40) - 1, 0xffL << 56
    };
    private static final List<byte[]> CONTENTS = List.of(
            utf8(""),
            utf8("/"),
            utf8("//"),
            utf8("/hostile/"),
            utf8("/hostile/.."),
            utf8("/hostile/./a"),
            utf8("hostile"),
            utf8("/hostile/\u0000"),
            utf8("/hostile/\ud7ff\ufffd"),
            utf8("/hostile/" + "x".repeat(3000)),
            utf8("/zookeeper/quota/hostile"),
            utf8("/zookeeper/config"),
            new byte[] {'/', (byte) 0xc0, (byte) 0x80},
            new byte[] {'/', (byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {'/', (byte) 0xf0, (byte) 0x9f, (byte) 0x98, (byte) 0x80},
            new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xfd});

    private HostileMutations() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Every cut that leaves at least so many bytes, and every field replaced by every value that suits it. */
    static List<byte[]> all(HostileMessage message, int keptBytes) {
        List<byte[]> mutants = new ArrayList<>();
        byte[] whole = message.toBytes();
        for (int length = keptBytes; length <= whole.length; length++) {
            mutants.add(Arrays.copyOf(whole, length));
        }
        List<Field> fields = message.fields();
        for (int i = 0; i < fields.size(); i++) {
            for (byte[] replacement : replacements(fields.get(i).kind())) {
                mutants.add(with(fields, i, replacement));
            }
        }
        return mutants;
    }

    /** One or several changes at random; the first so many bytes stay as they are. */
    static byte[] any(HostileMessage message, int keptBytes, SplittableRandom random) {
        byte[] mutant = message.toBytes();
        switch (random.nextInt(6)) {
            case 0 -> mutant = Arrays.copyOf(mutant, keptBytes + random.nextInt(mutant.length - keptBytes + 1));
            case 1, 2 -> mutant = replaceFields(message, random);
            case 3 -> flipBits(mutant, keptBytes, random);
            case 4 -> mutant = splice(mutant, keptBytes, random);
            default -> mutant = garbage(mutant, keptBytes, random);
        }
        return mutant;
    }

    private static byte[] replaceFields(HostileMessage message, SplittableRandom random) {
        List<Field> fields = new ArrayList<>(message.fields());
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(fields.size());
            List<byte[]> replacements = replacements(fields.get(at).kind());
            if (!replacements.isEmpty()) {
                byte[] replacement = replacements.get(random.nextInt(replacements.size()));
                fields.set(at, new Field(fields.get(at).kind(), replacement));
            }
        }
        return HostileMessage.toBytes(fields);
    }

    private static void flipBits(byte[] mutant, int keptBytes, SplittableRandom random) {
        for (int flips = 1 + random.nextInt(8); flips > 0 && mutant.length > keptBytes; flips--) {
            mutant[keptBytes + random.nextInt(mutant.length - keptBytes)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    /** Drops a piece, or repeats one. */
    private static byte[] splice(byte[] bytes, int keptBytes, SplittableRandom random) {
        int from = keptBytes + random.nextInt(bytes.length - keptBytes + 1);
        int to = from + random.nextInt(bytes.length - from + 1);
        boolean repeat = random.nextBoolean();
        ByteBuffer out = ByteBuffer.allocate(bytes.length + (repeat ? to - from : from - to));
        out.put(bytes, 0, repeat ? to : from).put(bytes, repeat ? from : to, bytes.length - (repeat ? from : to));
        return out.array();
    }

    private static byte[] garbage(byte[] bytes, int keptBytes, SplittableRandom random) {
        byte[] mutant = new byte[keptBytes + random.nextInt(300)];
        random.nextBytes(mutant);
        System.arraycopy(bytes, 0, mutant, 0, keptBytes);
        return mutant;
    }

    private static byte[] with(List<Field> fields, int at, byte[] replacement) {
        List<Field> changed = new ArrayList<>(fields);
        changed.set(at, new Field(fields.get(at).kind(), replacement));
        return HostileMessage.toBytes(changed);
    }

    private static List<byte[]> replacements(Kind kind) {
        return switch (kind) {
            case XID, OPCODE -> List.of();
            case INT, LENGTH ->
                Arrays.stream(INTS).mapToObj(HostileMessage::bytes).toList();
            case LONG ->
                Arrays.stream(LONGS)
                        .mapToObj(value ->
                                ByteBuffer.allocate(Long.BYTES).putLong(value).array())
                        .toList();
            case BOOL -> List.of(new byte[] {0}, new byte[] {1}, new byte[] {-1});
            case CONTENT -> CONTENTS;
        };
    }

    /** Integers that no length, operation or xid should be. */
    static int interestingInt(SplittableRandom random) {
        return random.nextInt(4) == 0 ? random.nextInt() : INTS[random.nextInt(INTS.length)];
    }
}
