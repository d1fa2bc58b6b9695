package narwhal.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The name that somebody may have meant.
final class NearestName {
    private NearestName() {
    }

    /// Half a sentence naming the entry of the folder above that is nearest to a missing one; empty if none is near.
    static String suggestion(Path missing) {
        var parent = missing.toAbsolutePath().getParent();
        var wanted = CodePointOrder.name(missing);
        if (parent == null) return "";
        if (!Files.isDirectory(parent)) return ", not even " + parent;
        String best = "";
        int least = Math.max(2, wanted.length() / 3) + 1;
        try (var stream = Files.newDirectoryStream(parent)) {
            for (var path : stream) {
                var name = CodePointOrder.name(path);
                int distance = distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
                if (distance < least || (distance == least && !best.isEmpty()
                        && CodePointOrder.NAMES.compare(name, best) < 0)) {
                    least = distance;
                    best = name;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return "";
        }
        return best.isEmpty() ? "" : "; did you mean " + missing.resolveSibling(best) + "?";
    }

    /// Insertions, deletions and replacements from one to the other.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
