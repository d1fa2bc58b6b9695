package narwhal.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What lies in a folder and is no picture of a class, counted by kind.
final class Ignored {
    enum Kind {
        HIDDEN("hidden files and folders"), OTHER_FILE("files of other kinds"), BESIDE_CLASSES(
                "pictures beside the class folders"), LINK("links to folders (followed only on request)"), LOOP(
                        "links back to a folder above");

        final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, String> first = new EnumMap<>(Kind.class);

    void add(Kind kind, String name) {
        counts.merge(kind, 1, Integer::sum);
        first.putIfAbsent(kind, name);
    }

    /// A line for each kind, such as `2 files of other kinds ignored, the first is cats/notes.txt`.
    List<String> lines() {
        var lines = new ArrayList<String>();
        counts.forEach(
                (kind, count) -> lines.add(count + " " + kind.meaning + " ignored, the first is " + first.get(kind)));
        return lines;
    }
}
