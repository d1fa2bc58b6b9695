package narwhal.hdf5;

import java.util.TreeMap;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;

/// The structures of one file. Each byte of an honest file belongs to one structure at most; whoever would read a byte a second
/// time has met a cycle, or parts that lie over each other. This alone bounds time and memory by the length of the file.
final class Structures {
    private final Bytes file;
    private final Limits limits;
    private final TreeMap<Long, Long> taken = new TreeMap<>();
    private int objects;
    private long structure;
    private long text;

    Structures(Bytes file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    Bytes file() {
        return file;
    }

    /// Reads a structure whose bytes no other one may read.
    Cursor take(long address, long length, String what) {
        var place = place(what, address);
        reserve(address, length, what);
        structure += length;
        if (structure > limits.structure())
            throw limits.exceeded(place.toString(), "structure", "more bytes of structure", limits.structure());
        return new Cursor(file.read(address, (int) length), place);
    }

    /// Reads the begin of a structure that will be taken once its length is known.
    Cursor peek(long address, int length, String what) {
        var place = place(what, address);
        if (!file.contains(address, length)) throw outside(place, address, length);
        return new Cursor(file.read(address, length), place);
    }

    /// Keeps a stretch of the file for one owner.
    void reserve(long address, long length, String what) {
        var place = place(what, address);
        if (!file.contains(address, length)) throw outside(place, address, length);
        if (length == 0) return;
        var before = taken.lowerEntry(address + length);
        if (before != null && before.getValue() > address) {
            throw Problem.MODEL_DAMAGED.because(place + ": " + length
                    + " bytes lie over a part that begins at byte " + before.getKey()
                    + ": a cycle or a forged address");
        }
        taken.put(address, address + length);
    }

    void countObject(String path) {
        countText(path.length(), path);
        if (++objects > limits.objects())
            throw limits.exceeded(file.place() + ": " + path, "objects", "more objects", limits.objects());
    }

    void checkDepth(int depth, String path) {
        if (depth > limits.depth())
            throw limits.exceeded(file.place() + ": " + path, "depth", "groups " + depth + " deep", limits.depth());
    }

    /// Counts bytes of names and attributes, which may be asked for again and again.
    void countText(long bytes, Object place) {
        text += bytes;
        if (text > limits.text()) throw limits.exceeded(place.toString(), "text", "more bytes of text", limits.text());
    }

    private Cursor.Place place(String what, long address) {
        return new Cursor.Place(file.place(), what, address);
    }

    private NarwhalException outside(Cursor.Place place, long address, long length) {
        return Problem.MODEL_DAMAGED.because(place + ": " + Long.toUnsignedString(length)
                + " bytes do not lie inside the file of " + file.length());
    }
}
