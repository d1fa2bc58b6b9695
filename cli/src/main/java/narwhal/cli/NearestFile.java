package narwhal.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Finds the file that somebody may have meant.
final class NearestFile {
    private static final int MOST = 10_000;

    private NearestFile() {
    }

    /// `did you mean X?`, where X lies in the same folder, or other advice.
    static String advice(Path missing, String otherwise) {
        var name = missing.getFileName();
        var folder = missing.toAbsolutePath().getParent();
        if (name == null || folder == null || !Files.isDirectory(folder)) return otherwise;
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) if (names.size() < MOST) names.add(file.getFileName().toString());
        } catch (IOException | DirectoryIteratorException e) {
            return otherwise;
        }
        names.sort(null);
        return Nearest.to(name.toString(), names)
                .map(nearest -> "did you mean " + missing.resolveSibling(nearest) + "?").orElse(otherwise);
    }
}
