package io.quorate.simulation.server;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies of the log files that the server has purged, so that the whole history can be read at the end of a run. */
public final class LogArchive {

    private final Map<String, ByteBuffer> files = new TreeMap<>();

    /** Called before the file goes. */
    void keep(DiskImage image, DiskFile file) {
        if (file.volume() == Volume.LOG && image.list(Volume.LOG).contains(file.name())) {
            ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(image.sizeBytes(file)));
            image.read(file, 0, copy);
            files.put(file.name(), copy.flip());
        }
    }

    /** The server's whole history is gone. */
    void clear() {
        files.clear();
    }

    /** The disk with the purged log files back in place. */
    public DiskImage over(DiskImage image) {
        return new Restored(image);
    }

    private final class Restored implements DiskImage {

        private final DiskImage image;

        Restored(DiskImage image) {
            this.image = image;
        }

        private boolean isOurs(DiskFile file) {
            return file.volume() == Volume.LOG
                    && files.containsKey(file.name())
                    && !image.list(Volume.LOG).contains(file.name());
        }

        private ByteBuffer content(DiskFile file) {
            return files.getOrDefault(file.name(), ByteBuffer.allocate(0)).duplicate();
        }

        @Override
        public List<String> list(Volume volume) {
            List<String> names = new ArrayList<>(image.list(volume));
            if (volume == Volume.LOG) {
                files.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
            }
            names.sort(null);
            return names;
        }

        @Override
        public long sizeBytes(DiskFile file) {
            return isOurs(file) ? content(file).remaining() : image.sizeBytes(file);
        }

        @Override
        public int read(DiskFile file, long offset, ByteBuffer into) {
            if (!isOurs(file)) {
                return image.read(file, offset, into);
            }
            ByteBuffer content = content(file);
            if (offset >= content.limit()) {
                return -1;
            }
            content.position((int) offset);
            content.limit(Math.min(content.limit(), (int) offset + into.remaining()));
            int count = content.remaining();
            into.put(content);
            return count;
        }

        @Override
        public void replace(DiskFile file, ByteBuffer content) {
            image.replace(file, content);
        }

        @Override
        public void truncate(DiskFile file, long sizeBytes) {
            if (!isOurs(file)) {
                image.truncate(file, sizeBytes);
            }
        }

        @Override
        public void force(DiskFile file) {
            if (!isOurs(file)) {
                image.force(file);
            }
        }

        @Override
        public void rewrite(DiskFile file, long offset, long endOffset) {
            if (!isOurs(file)) {
                image.rewrite(file, offset, endOffset);
            }
        }

        @Override
        public void delete(DiskFile file) {
            if (!isOurs(file)) {
                image.delete(file);
            }
        }
    }
}
