package narwhal.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import narwhal.errors.Problem;

/// The files of a folder of classes by name alone, in Keras' order: classes by name; within a class sub-folders by path and
/// files by name.
final class FolderListing {
    /// A file that is taken for a picture because of its name.
    record Candidate(Path path, String name, int classNumber) {}

    private final Path root;
    private final Set<String> extensions;
    private final boolean followLinks;
    private final List<String> classNames = new ArrayList<>();
    private final List<List<Candidate>> classes = new ArrayList<>();
    private final Ignored ignored = new Ignored();

    private FolderListing(Path root, Set<String> extensions, boolean followLinks) {
        this.root = root;
        this.extensions = extensions;
        this.followLinks = followLinks;
    }

    /// @param wanted the classes in this order; all folders if empty
    /// @param fewest classes that there must be
    /// @throws narwhal.errors.NarwhalException `DATA_NOT_FOUND`, `DATA_ONE_CLASS`, `DATA_CLASS_NAMES`
    static FolderListing of(Path root, List<String> wanted, Set<String> extensions, boolean followLinks,
            int fewest) {
        var listing = new FolderListing(root, extensions, followLinks);
        listing.classes(wanted, fewest);
        return listing;
    }

    List<String> classNames() {
        return classNames;
    }

    /// The candidates of each class.
    List<List<Candidate>> classes() {
        return classes;
    }

    /// The candidates of all classes, one class after the other.
    List<Candidate> all() {
        return classes.stream().flatMap(List::stream).toList();
    }

    Ignored ignored() {
        return ignored;
    }

    /// @throws narwhal.errors.NarwhalException `DATA_EMPTY_CLASS` if a class has no files that could be pictures
    void requirePictures() {
        for (int c = 0; c < classes.size(); c++) {
            if (classes.get(c).isEmpty()) {
                throw Problem.DATA_EMPTY_CLASS.because(root + ": class " + classNames.get(c) + " has no pictures");
            }
        }
    }

    private void classes(List<String> wanted, int fewest) {
        if (!Files.exists(root)) {
            throw Problem.DATA_NOT_FOUND.because(root + ": no such folder" + NearestName.suggestion(root));
        }
        if (!Files.isDirectory(root)) throw Problem.DATA_NOT_FOUND.because(root + ": is a file, expected a folder");
        Map<String, Path> found = new LinkedHashMap<>();
        for (var path : children(root)) {
            var name = CodePointOrder.name(path);
            if (name.startsWith(".")) ignored.add(Ignored.Kind.HIDDEN, name);
            else if (Files.isDirectory(path)) found.put(name, path);
            else
                ignored.add(isPicture(name) ? Ignored.Kind.BESIDE_CLASSES : Ignored.Kind.OTHER_FILE, name);
        }
        var folders = new ArrayList<Path>();
        for (var name : wanted.isEmpty() ? List.copyOf(found.keySet()) : wanted) {
            var folder = found.get(name);
            if (folder == null) {
                throw Problem.DATA_NOT_FOUND.because(root + ": has no folder for class " + name
                        + NearestName.suggestion(root.resolve(name)));
            }
            classNames.add(name);
            folders.add(folder);
        }
        if (classNames.size() < fewest) {
            throw Problem.DATA_ONE_CLASS.because(root + ": has "
                    + (classNames.isEmpty()
                            ? "no class folders"
                            : "one class folder only (" + classNames.getFirst() + ")")
                    + ", expected at least " + fewest);
        }
        checkNames();
        for (var folder : folders) classes.add(candidates(folder, classes.size()));
    }

    /// Names that some other computer cannot hold side by side.
    private void checkNames() {
        var seen = new HashMap<String, String>();
        for (var name : classNames) {
            var folded = Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT)
                    .toLowerCase(Locale.ROOT);
            var other = seen.put(folded, name);
            if (other != null) {
                throw Problem.DATA_CLASS_NAMES.because(root + ": classes " + other + " and " + name
                        + (other.equals(name) ? " are the same" : " differ only in case or Unicode form"));
            }
        }
    }

    private List<Candidate> candidates(Path folder, int classNumber) {
        var found = new ArrayList<Candidate>();
        var folders = new ArrayList<Folder>();
        collect(new Folder(folder, classNames.get(classNumber)), folders, new HashSet<>());
        folders.sort((a, b) -> CodePointOrder.NAMES.compare(a.name, b.name));
        for (var each : folders) {
            for (var path : each.files) {
                found.add(new Candidate(path, each.name + "/" + CodePointOrder.name(path), classNumber));
            }
        }
        return found;
    }

    /// A folder within a class.
    private static final class Folder {
        final Path path;
        final String name;
        final List<Path> files = new ArrayList<>();

        Folder(Path path, String name) {
            this.path = path;
            this.name = name;
        }
    }

    private void collect(Folder folder, List<Folder> found, Set<Object> above) {
        var key = key(folder.path);
        if (!above.add(key)) {
            ignored.add(Ignored.Kind.LOOP, folder.name);
            return;
        }
        found.add(folder);
        for (var path : children(folder.path)) {
            var name = CodePointOrder.name(path);
            var full = folder.name + "/" + name;
            if (name.startsWith(".")) ignored.add(Ignored.Kind.HIDDEN, full);
            else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) collect(new Folder(path, full), found, above);
            else if (Files.isDirectory(path)) {
                if (followLinks) collect(new Folder(path, full), found, above);
                else
                    ignored.add(Ignored.Kind.LINK, full);
            } else if (isPicture(name)) folder.files.add(path);
            else
                ignored.add(Ignored.Kind.OTHER_FILE, full);
        }
        above.remove(key);
    }

    private static Object key(Path folder) {
        try {
            var key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
            return key == null ? folder.toRealPath() : key;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private List<Path> children(Path folder) {
        var children = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            throw unreadable(folder, e);
        }
        children.sort(CodePointOrder.FILES);
        return children;
    }

    private static RuntimeException unreadable(Path folder, Exception e) {
        return Problem.DATA_NOT_FOUND.because(
                folder + (e instanceof AccessDeniedException
                        ? ": no permission to list it"
                        : ": cannot be listed (" + e.getMessage() + ")"),
                e);
    }

    private boolean isPicture(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && extensions.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
