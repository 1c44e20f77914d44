package io.quorate.runtime.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Where requests come from. */
interface RequestSource {

    /** Whether there is another one. */
    default boolean hasNext() {
        return true;
    }

    /** Writes the next one, with its length prefix, into a buffer with room for {@link #maxBytes}. */
    void writeNext(ByteBuffer out, int xid);

    /** Size of the largest request, with its length prefix. */
    int maxBytes();

    /** One kind of request without end, on nodes chosen at random. */
    final class AtRandom implements RequestSource {

        private final RequestTemplate template;
        private final int keys;
        private final SplittableRandom random;

        AtRandom(RequestTemplate template, int keys, SplittableRandom random) {
            this.template = template;
            this.keys = keys;
            this.random = random;
        }

        @Override
        public void writeNext(ByteBuffer out, int xid) {
            template.write(out, xid, random.nextInt(keys));
        }

        @Override
        public int maxBytes() {
            return template.sizeBytes();
        }
    }

    /** One kind of request on the nodes of a range, each of them once and in order. */
    final class InOrder implements RequestSource {

        private final RequestTemplate template;
        private final long end;
        /** The number of the next request's node. */
        private long next;

        /** @param end exclusive */
        InOrder(RequestTemplate template, long start, long end) {
            this.template = template;
            this.next = start;
            this.end = end;
        }

        /** Where the range would go on. */
        long next() {
            return next;
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public void writeNext(ByteBuffer out, int xid) {
            template.write(out, xid, next++);
        }

        @Override
        public int maxBytes() {
            return template.sizeBytes();
        }
    }

    /** One kind of request on numbered children of numbered parents, each of them once and in order. */
    final class Spread implements RequestSource {

        private final IntFunction<RequestTemplate> templateOfParent;
        private final int childrenPerParent;
        private final long end;
        /** The number of the next request's node, counted over all parents. */
        private long next;
        /** For the parent of the next node. */
        private RequestTemplate template;

        /** @param end exclusive */
        Spread(IntFunction<RequestTemplate> templateOfParent, int childrenPerParent, long start, long end) {
            this.templateOfParent = templateOfParent;
            this.childrenPerParent = childrenPerParent;
            this.next = start;
            this.end = end;
            template = templateOfParent.apply((int) (start / childrenPerParent));
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public void writeNext(ByteBuffer out, int xid) {
            if (next % childrenPerParent == 0) {
                template = templateOfParent.apply((int) (next / childrenPerParent));
            }
            template.write(out, xid, next % childrenPerParent);
            next++;
        }

        @Override
        public int maxBytes() {
            return template.sizeBytes();
        }
    }

    /** Two endless sources, of which one has its turn now and then. */
    final class Mixed implements RequestSource {

        private static final int PERCENT = 100;

        private final RequestSource usual;
        private final RequestSource rare;
        private final int percentRare;
        private final SplittableRandom random;

        Mixed(RequestSource usual, RequestSource rare, int percentRare, SplittableRandom random) {
            this.usual = usual;
            this.rare = rare;
            this.percentRare = percentRare;
            this.random = random;
        }

        @Override
        public void writeNext(ByteBuffer out, int xid) {
            (random.nextInt(PERCENT) < percentRare ? rare : usual).writeNext(out, xid);
        }

        @Override
        public int maxBytes() {
            return Math.max(usual.maxBytes(), rare.maxBytes());
        }
    }
}
