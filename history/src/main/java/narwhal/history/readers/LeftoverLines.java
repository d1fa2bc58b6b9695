package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import narwhal.history.log.Leftovers;

/// Counts the lines that nobody understood.
final class LeftoverLines {
    private static final int LONGEST = 200;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String line) {
        if (isDecoration(line)) return;
        count++;
        if (first.size() < 3) {
            var trimmed = line.trim();
            first.add(trimmed.length() > LONGEST ? trimmed.substring(0, LONGEST) : trimmed);
        }
    }

    private static boolean isDecoration(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isLetterOrDigit(line.charAt(i))) return false;
        }
        return true;
    }

    Leftovers build() {
        return new Leftovers(count, first);
    }
}
