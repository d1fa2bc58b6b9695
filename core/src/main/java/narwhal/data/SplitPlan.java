package narwhal.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import narwhal.disk.Disk;
import narwhal.disk.NewFolder;
import narwhal.errors.Problem;

/// Where each picture of a folder goes. Nothing has happened yet: [#copyTo] or [#linkTo] does it, whole or not at all, into
/// a new folder; the originals are only read.
public final class SplitPlan {
    /// One picture's way.
    ///
    /// @param number in the order of the folder, from 0
    /// @param original the file
    /// @param part name of the set it goes into
    /// @param className its class
    /// @param group key of its group
    public record Move(int number, Path original, String part, String className, String group) {}

    private final Path path;
    private final List<Split.Part> parts;
    private final List<String> classNames;
    private final List<Move> moves;
    private final int groups;
    private final List<String> notes;

    SplitPlan(Path path, List<Split.Part> parts, List<String> classNames, List<Move> moves, int groups,
            List<String> notes) {
        this.path = path;
        this.parts = parts;
        this.classNames = List.copyOf(classNames);
        this.moves = List.copyOf(moves);
        this.groups = groups;
        this.notes = List.copyOf(notes);
    }

    /// Every picture, in the order of the folder.
    public List<Move> moves() {
        return moves;
    }

    /// How many groups there are; as many as pictures if each stands for itself.
    public int groups() {
        return groups;
    }

    /// Number of pictures of a class that go into a part.
    public int count(String part, String className) {
        return (int) moves.stream().filter(move -> move.part().equals(part) && move.className().equals(className))
                .count();
    }

    /// What a person should know before it is done: the counts of each part, groups, and classes that a part lacks.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(String.format(Locale.ROOT, "%d pictures in %d groups.", moves.size(), groups));
        lines.addAll(notes);
        for (var part : parts) {
            long all = moves.stream().filter(move -> move.part().equals(part.name())).count();
            var each = new ArrayList<String>();
            for (var name : classNames) each.add(name + " " + count(part.name(), name));
            lines.add(String.format(Locale.ROOT, "%-10s %6d (%4.1f %%): %s", part.name(), all,
                    100.0 * all / moves.size(), String.join(", ", each)));
        }
        for (var part : parts) {
            for (var name : classNames) {
                if (count(part.name(), name) == 0) {
                    lines.add("Warning: " + part.name() + " has no picture of class " + name
                            + "; it has too few groups to go round.");
                }
            }
        }
        return lines;
    }

    /// Copies the pictures to `destination/part/class/…`.
    ///
    /// @param destination a folder that is not there yet, or empty
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` if something is there; `DISK_…`; `IMG_UNREADABLE`. Nothing is
    ///     left of it then
    public void copyTo(Path destination) {
        fill(destination, bytes(), NewFolder::copy);
    }

    /// Makes symbolic links to the pictures at `destination/part/class/…`; they lead astray once the originals move.
    ///
    /// @throws narwhal.errors.NarwhalException as [#copyTo]
    public void linkTo(Path destination) {
        fill(destination, 0, NewFolder::link);
    }

    private interface Way {
        void take(NewFolder folder, Path name, Path original);
    }

    private void fill(Path destination, long bytes, Way way) {
        if (destination.toAbsolutePath().normalize().startsWith(path.toAbsolutePath().normalize())) {
            throw Problem.USAGE_VALUE.because(destination + ": lies inside the folder that is divided (" + path + ")",
                    "choose a folder outside");
        }
        try (var folder = NewFolder.create(Disk.real(), destination, bytes)) {
            for (var part : parts) {
                for (var move : moves) {
                    if (move.part().equals(part.name())) {
                        way.take(folder,
                                destination.getFileSystem().getPath(part.name())
                                        .resolve(path.relativize(move.original())),
                                move.original());
                    }
                }
            }
            folder.finish();
        }
    }

    private long bytes() {
        long bytes = 0;
        for (var move : moves) {
            try {
                bytes += Files.size(move.original());
            } catch (IOException e) {
                throw Problem.IMG_UNREADABLE.because(move.original() + ": cannot be read (" + e.getMessage() + ")", e);
            }
        }
        return bytes;
    }
}
