package narwhal.history.facts;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What generators of folders print, as people paste it: `Found 2000 images belonging to 2 classes.`, a line for each folder, or a
/// sentence: `Found 2000 images belonging to 2 classes (training), 1000 (validation), batch 20`.
final class FolderCounts {
    private static final Pattern FOUND = Pattern.compile(
            "Found (\\d{1,9}) (?:validated )?(?:images?|files|image filenames)(?: belonging to (\\d{1,6}) classes)?\\.?"
                    + "(?: \\(([^)]*)\\))?");
    private static final Pattern MORE = Pattern
            .compile(
                    "[,;] (\\d{1,9}) (?:(?:images?|files?)(?: belonging to \\d{1,6} classes)? )?(?:\\(([^)]*)\\)|for (\\w+))");
    /// `Found 3670 files belonging to 5 classes.` counts both sides of a split; what stands behind it does not.
    private static final Pattern USING = Pattern.compile(
            "(?i)\\busing (\\d{1,9}) (?:files )?for (\\w+)(?: and (\\d{1,9}) (?:files )?for (\\w+))?\\.?");
    /// Unnamed folders are read in this order.
    private static final List<FactKey<Long>> ORDER = List.of(FactKey.TRAINING_IMAGES, FactKey.VALIDATION_IMAGES,
            FactKey.TEST_IMAGES);

    private final FactsBuilder facts;
    private int folders;

    FolderCounts(FactsBuilder facts) {
        this.facts = facts;
    }

    /// Takes the counts of a statement.
    ///
    /// @return whether it says nothing else
    boolean read(String statement) {
        var using = USING.matcher(statement);
        if (using.find()) {
            role(using.group(2)).ifPresent(key -> facts.replace(key, Long.parseLong(using.group(1))));
            if (using.group(3) != null) {
                role(using.group(4)).ifPresent(key -> facts.replace(key, Long.parseLong(using.group(3))));
            }
            return using.hitEnd() && using.start() == 0;
        }
        var found = FOUND.matcher(statement);
        int end = 0;
        while (found.find()) {
            var key = role(found.group(3))
                    .or(() -> folders < ORDER.size() ? Optional.of(ORDER.get(folders)) : Optional.empty());
            folders++;
            key.ifPresent(of -> facts.put(of, Long.parseLong(found.group(1))));
            if (found.group(2) != null) facts.put(FactKey.CLASSES, Long.parseLong(found.group(2)));
            end = found.end();
        }
        if (end == 0) return false;
        var more = MORE.matcher(statement).region(end, statement.length());
        while (more.find()) {
            role(more.group(2) != null ? more.group(2) : more.group(3))
                    .ifPresent(key -> facts.put(key, Long.parseLong(more.group(1))));
        }
        return end == statement.length() && statement.startsWith("Found");
    }

    /// @param word with what stands behind it in its bracket: `test, used as validation`
    private static Optional<FactKey<Long>> role(@Nullable String word) {
        if (word == null) return Optional.empty();
        if (word.startsWith("test") && word.contains("validation")) return Optional.of(FactKey.VALIDATION_IMAGES);
        if (word.startsWith("train")) return Optional.of(FactKey.TRAINING_IMAGES);
        if (word.startsWith("val")) return Optional.of(FactKey.VALIDATION_IMAGES);
        return word.startsWith("test") ? Optional.of(FactKey.TEST_IMAGES) : Optional.empty();
    }
}
