package narwhal.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A group of a file that is to be written. Filled in any order; on disk its children are sorted, as HDF5 wants it.
///
/// ```java
/// var root = new Draft();
/// root.text("backend", "tensorflow");
/// root.group("model_weights").group("dense").floats("dense/kernel:0", new int[]{2, 1}, () -> kernel);
/// disk.replace(file, Hdf5Writer.content(root));
/// ```
public final class Draft {
    /// The most bytes that Keras puts into one list of names: an object header takes about 64 KB.
    static final int LONGEST_LIST = 64_512;

    private static final Comparator<String> BY_BYTES = (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b));

    private final Map<String, Object> children = new TreeMap<>(BY_BYTES);
    private final List<Note> notes = new ArrayList<>();

    /// An attribute to be written.
    ///
    /// @param unicode how a single text is marked; both kinds hold UTF-8
    /// @param values one for a single text; a list of `fixed` width otherwise
    record Note(String name, boolean list, boolean unicode, List<byte[]> values) {}

    /// An attribute that Python would write from `str`: marked as Unicode.
    public Draft text(String name, String value) {
        return note(new Note(name, false, true, List.of(utf8(value))));
    }

    /// An attribute that Python would write from `bytes`: marked as ASCII, though it may hold UTF-8. All that Keras 2 reads.
    public Draft ascii(String name, String value) {
        return note(new Note(name, false, false, List.of(utf8(value))));
    }

    /// A list of names, of fixed width as Keras 2 wrote them. A list too long for one attribute becomes `name0`, `name1`, …
    ///
    /// @throws IllegalArgumentException for a single name beyond 64,512 bytes
    public Draft texts(String name, List<String> values) {
        var bytes = values.stream().map(Draft::utf8).toList();
        int width = bytes.stream().mapToInt(value -> value.length).max().orElse(0);
        if (width > LONGEST_LIST) throw new IllegalArgumentException("a name of " + width + " bytes");
        int pieces = 1;
        while ((long) width * ceiling(bytes.size(), pieces) > LONGEST_LIST) pieces++;
        if (pieces == 1) return note(new Note(name, true, false, bytes));
        for (int i = 0, from = 0; i < pieces; i++) {
            int count = bytes.size() / pieces + (i < bytes.size() % pieces ? 1 : 0);
            note(new Note(name + i, true, false, bytes.subList(from, from + count)));
            from += count;
        }
        return this;
    }

    /// The group at that path below this one, such as `layers/conv2d`; it is made where it is missing.
    public Draft group(String path) {
        var group = this;
        for (var name : path.split("/", -1)) {
            if (!(group.children.computeIfAbsent(check(name), n -> new Draft()) instanceof Draft child))
                throw new IllegalArgumentException(path + " leads through a data set");
            group = child;
        }
        return group;
    }

    /// An array of `float32`.
    ///
    /// @param path below this group; the groups on the way are made where they are missing
    /// @param values row-major; called while the file is written
    public Draft floats(String path, int[] shape, Supplier<float[]> values) {
        return put(path, new Numbers(shape.clone(), false, values, 0));
    }

    /// A single `int64`.
    public Draft integer(String path, long value) {
        return put(path, new Numbers(new int[0], true, () -> new float[0], value));
    }

    Map<String, Object> children() {
        return children;
    }

    List<Note> notes() {
        return notes;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Draft put(String path, Numbers numbers) {
        int slash = path.lastIndexOf('/');
        var group = slash < 0 ? this : group(path.substring(0, slash));
        if (group.children.putIfAbsent(check(path.substring(slash + 1)), numbers) != null)
            throw new IllegalArgumentException(path + " is there already");
        return this;
    }

    private Draft note(Note note) {
        if (notes.stream().anyMatch(other -> other.name.equals(note.name)))
            throw new IllegalArgumentException("attribute " + note.name + " is there already");
        notes.add(note);
        return this;
    }

    private static String check(String name) {
        if (name.isEmpty() || name.equals(".") || name.indexOf(0) >= 0)
            throw new IllegalArgumentException("'" + name + "' is no name in HDF5");
        return name;
    }

    private static int ceiling(int count, int pieces) {
        return (count + pieces - 1) / pieces;
    }
}
