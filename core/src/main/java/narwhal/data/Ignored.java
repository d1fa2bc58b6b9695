package narwhal.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What lies in a folder and is no picture of a class, counted by kind.
final class Ignored {
    enum Kind {
        HIDDEN("hidden file or folder", "hidden files and folders"),
        OTHER_FILE("file of another kind", "files of other kinds"),
        BESIDE_CLASSES("picture beside the class folders", "pictures beside the class folders"),
        LINK("link to a folder", "links to folders"),
        LOOP("link back to a folder above", "links back to folders above");

        final String one;
        final String many;

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, String> first = new EnumMap<>(Kind.class);

    void add(Kind kind, String name) {
        counts.merge(kind, 1, Integer::sum);
        first.putIfAbsent(kind, name);
    }

    /// A line for each kind, such as `Ignored 2 files of other kinds, the first is cats/notes.txt.`
    List<String> lines() {
        var lines = new ArrayList<String>();
        counts.forEach((kind, count) -> lines.add(count == 1
                ? "Ignored 1 " + kind.one + ": " + first.get(kind) + "."
                : "Ignored " + count + " " + kind.many + ", the first is " + first.get(kind) + "."));
        return lines;
    }
}
