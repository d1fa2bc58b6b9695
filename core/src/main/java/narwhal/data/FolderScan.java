package narwhal.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import narwhal.data.picture.PictureNote;
import narwhal.errors.Problem;

/// What is in a folder of pictures: usable ones, bad ones with their reasons, and what is worth knowing. Made by
/// [ImageFolder#scan] before the first epoch.
public final class FolderScan {
    /// Bad pictures that a person is shown; all are in [#bad].
    public static final int SHOWN = 20;

    private final String root;
    private final List<String> classNames;
    private final List<FolderEntry> entries;
    private final List<BadPicture> bad;
    private final int[] badOfClass;
    private final Map<PictureNote, Integer> notes;
    private final List<String> others;
    private final Preparation preparation;
    private final SampleCache cache;

    FolderScan(String root, List<String> classNames, List<FolderEntry> entries, List<BadPicture> bad, int[] badOfClass,
            Map<PictureNote, Integer> notes, List<String> others, Preparation preparation, SampleCache cache) {
        this.root = root;
        this.classNames = List.copyOf(classNames);
        this.entries = List.copyOf(entries);
        this.bad = List.copyOf(bad);
        this.badOfClass = badOfClass;
        this.notes = notes;
        this.others = List.copyOf(others);
        this.preparation = preparation;
        this.cache = cache;
    }

    /// Names of the classes, in the order of their numbers.
    public List<String> classNames() {
        return classNames;
    }

    /// Number of usable pictures.
    public int pictures() {
        return entries.size();
    }

    /// Number of usable pictures of a class.
    public int picturesOf(int classNumber) {
        return (int) entries.stream().filter(entry -> entry.classNumber() == classNumber).count();
    }

    /// All bad pictures, in the order of the folder.
    public List<BadPicture> bad() {
        return bad;
    }

    /// How many pictures have each note.
    public Map<PictureNote, Integer> notes() {
        return notes;
    }

    List<FolderEntry> entries() {
        return entries;
    }

    /// The samples that the scan made on its way, as far as they are of use for a preparation; given away once.
    SampleCache cache(Preparation wanted) {
        int pictures = SampleCache.fitting(entries.size(), wanted);
        var moved = cache.moved(pictures);
        return wanted.resizesLike(preparation) ? moved : new SampleCache(pictures);
    }

    /// What a person should know before training, a line each: what was found, notes, how it was divided, what was ignored, and the first bad
    /// pictures.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("Found " + entries.size() + " images belonging to " + classNames.size() + " classes.");
        notes.forEach(
                (note, count) -> lines.add(count + (count == 1 ? " picture " : " pictures ") + note.meaning() + "."));
        lines.addAll(others);
        if (!bad.isEmpty()) lines.add(bad.size() + (bad.size() == 1 ? " bad picture:" : " bad pictures:"));
        bad.stream().limit(SHOWN).forEach(picture -> lines
                .add("  " + picture.name() + ": " + picture.reason() + " (" + picture.problem().code() + ")"));
        if (bad.size() > SHOWN) lines.add("  … and " + (bad.size() - SHOWN) + " more");
        return lines;
    }

    /// Refuses a folder that cannot be trained on.
    ///
    /// @param skipBad whether bad pictures are left out
    /// @throws narwhal.errors.NarwhalException the first bad picture's `IMG_…`, or `DATA_EMPTY_CLASS`
    void check(boolean skipBad) {
        if (!bad.isEmpty() && !skipBad) {
            var first = bad.getFirst();
            var more = bad.size() == 1
                    ? ""
                    : "; also " + String.join(", ", bad.stream().skip(1).limit(3)
                            .map(BadPicture::name).toList()) + (bad.size() > 4 ? " …" : "");
            throw first.problem().because(root + ": " + bad.size() + " of " + (entries.size() + bad.size())
                    + " pictures cannot be used: " + first.name() + " " + first.reason() + more,
                    "repair or remove them, or use --skip-bad-images");
        }
        emptyClass().ifPresent(c -> {
            throw Problem.DATA_EMPTY_CLASS.because(root + ": class " + classNames.get(c) + " has no "
                    + (badOfClass[c] > 0 ? "usable pictures (" + badOfClass[c] + " bad ones)" : "pictures"));
        });
    }

    private OptionalInt emptyClass() {
        boolean[] seen = new boolean[classNames.size()];
        entries.forEach(entry -> seen[entry.classNumber()] = true);
        return IntStream.range(0, seen.length).filter(c -> !seen[c]).findFirst();
    }
}
