package narwhal.keras;

import java.util.ArrayList;
import java.util.List;

/// The file that is being read: its name for errors, the version that wrote it, and what its reader should be told.
final class Origin {
    private static final int MOST_NOTES = 50;
    private static final int LONGEST_NOTE = 200;

    private final String file;
    private final List<String> notes = new ArrayList<>();
    private boolean keras3 = true;
    private boolean standalone;

    Origin(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /// Whether functions mean what they mean in Keras 3.
    boolean keras3() {
        return keras3;
    }

    /// Whether it is of Keras up to 2.3, before it lived in TensorFlow.
    boolean standalone() {
        return standalone;
    }

    /// @param version such as `2.2.4`
    void version(String version) {
        keras3 = !(version.startsWith("1") || version.startsWith("2"));
        standalone = version.matches("(1|2\\.[0-3])(\\..*)?");
    }

    /// Remembers something that was ignored.
    void note(String note) {
        if (notes.size() < MOST_NOTES)
            notes.add(note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE - 1) + "…");
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
