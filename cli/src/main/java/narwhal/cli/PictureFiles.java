package narwhal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import narwhal.errors.Problem;

/// The pictures that paths of the command line mean.
final class PictureFiles {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

    private PictureFiles() {
    }

    /// Files as they are, folders replaced by the pictures in them, sorted.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_NOT_FOUND`
    static List<Path> of(List<Path> paths) {
        var files = new ArrayList<Path>();
        for (var path : paths) {
            if (!Files.exists(path))
                throw Problem.DATA_NOT_FOUND.because(path + ": no such file or folder",
                        NearestFile.advice(path, "check the path"));
            if (Files.isDirectory(path)) files.addAll(in(path));
            else
                files.add(path);
        }
        return files;
    }

    private static List<Path> in(Path folder) {
        try (var walk = Files.walk(folder, new FileVisitOption[0])) {
            var pictures = walk.filter(PictureFiles::isPicture).sorted(Comparator.comparing(Path::toString)).toList();
            if (pictures.isEmpty())
                throw Problem.DATA_NOT_FOUND.because(folder + ": no pictures in it",
                        "give PNG, JPEG, BMP or GIF files");
            return pictures;
        } catch (IOException | UncheckedIOException e) {
            throw Problem.DATA_NOT_FOUND.because(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean isPicture(Path file) {
        var name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
                && Files.isRegularFile(file);
    }
}
