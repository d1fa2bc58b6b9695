package narwhal.history.readers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import narwhal.history.log.DataFacts;
import narwhal.history.log.DataFacts.Found;
import narwhal.history.log.ModelSummary;
import narwhal.history.log.Role;

/// Collects what lines print about the data sets: counts of images, classes and steps.
final class DataLines {
    private static final long UNKNOWN = -1;

    private final List<Found> found = new ArrayList<>();
    private final Map<Role, Long> scored = new EnumMap<>(Role.class);
    private long training = UNKNOWN;
    private long validation = UNKNOWN;
    private long test = UNKNOWN;
    private int classes = -1;
    private long trainingBatches = UNKNOWN;
    private long validationBatches = UNKNOWN;
    private boolean foundFiles;

    /// Takes a line in.
    ///
    /// @return whether it was such a line
    boolean take(String line) {
        char first = firstLetter(line);
        return switch (first) {
            case 'f' -> found(line);
            case 'u' -> using(line);
            case 't', 'v' -> trainOn(line) || trainingOn(line) || trainFor(line) || shape(line) || sizes(line);
            default -> samples(line) || shape(line) || sizes(line);
        };
    }

    private static char firstLetter(String line) {
        int i = LineCleaning.skipBlanks(line, 0);
        return i < line.length() ? Character.toLowerCase(line.charAt(i)) : ' ';
    }

    /// `Found 29124 images belonging to 2 classes.`, `Found N validated image filenames …`, `Found N files …`.
    private boolean found(String line) {
        var words = words(line);
        if (words.length < 3 || !words[0].equalsIgnoreCase("found")) return false;
        long images = number(words[1]);
        if (images < 0) return false;
        int belonging = indexOf(words, "belonging");
        if (belonging < 0) return false;
        long count = belonging + 2 < words.length ? number(words[belonging + 2]) : -1;
        var of = count >= 0 && count < Integer.MAX_VALUE ? OptionalInt.of((int) count) : OptionalInt.empty();
        boolean files = indexOf(words, "files") >= 0;
        foundFiles |= files;
        // The first line is of the training images.
        if (of.isPresent() && classes <= 0) classes = of.getAsInt();
        if (files && found.contains(new Found(images, of))) return true;
        found.add(new Found(images, of));
        return true;
    }

    /// `Using 2936 files for training.`, behind a line `Found 3670 files …`.
    private boolean using(String line) {
        var words = words(line);
        if (words.length < 5 || !words[0].equalsIgnoreCase("using") || !words[2].equals("files")
                || !words[3].equals("for"))
            return false;
        long count = number(words[1]);
        if (count < 0) return false;
        if (words[4].startsWith("train")) training = count;
        else if (words[4].startsWith("valid")) validation = count;
        else
            return false;
        return true;
    }

    /// `Train on 60000 samples, validate on 10000 samples`.
    private boolean trainOn(String line) {
        var words = words(line);
        if (words.length < 4 || !words[0].equals("Train") || !words[1].equals("on")) return false;
        long n = number(words[2]);
        if (n < 0) return false;
        training = n;
        validation = UNKNOWN;
        int on = lastIndexOf(words, "on");
        if (on > 2 && on + 1 < words.length) validation = number(words[on + 1]);
        return true;
    }

    /// `Training on 900 images and labels`, `Validation on 100 images`.
    private boolean trainingOn(String line) {
        var words = words(line);
        boolean on = words.length >= 4 && words.length <= 8 && words[1].equals("on")
                && (words[0].equals("Training") || words[0].equals("Validation"))
                && (words[3].startsWith("image") || words[3].startsWith("sample"));
        long n = on ? number(words[2]) : -1;
        return n >= 0 && Names.role(words[0]).map(role -> set(role, n)).orElse(false);
    }

    /// `Train for 1563 steps, validate for 313 steps`.
    private boolean trainFor(String line) {
        var words = words(line);
        if (words.length < 4 || !words[0].equals("Train") || !words[1].equals("for") || !words[3].startsWith("steps"))
            return false;
        long n = number(words[2]);
        if (n < 0) return false;
        trainingBatches = n;
        validationBatches = UNKNOWN;
        int last = lastIndexOf(words, "for");
        if (last > 2 && last + 1 < words.length) {
            long m = number(words[last + 1]);
            if (last + 2 < words.length && words[last + 2].startsWith("sample")) validation = m;
            else
                validationBatches = m;
        } else {
            int on = lastIndexOf(words, "on");
            if (on > 2 && on + 1 < words.length) validation = number(words[on + 1]);
        }
        return true;
    }

    /// `60000 train samples`, `10000 test samples`.
    private boolean samples(String line) {
        if (line.length() > 80) return false;
        var words = words(line);
        if (words.length < 3 || words.length > 4) return false;
        long n = number(words[0]);
        boolean counted = words[2].startsWith("sample") || words[2].startsWith("image")
                || words[2].startsWith("sequence")
                || words[2].startsWith("example");
        return n >= 0 && counted && Names.role(words[1]).map(role -> set(role, n)).orElse(false);
    }

    /// `x_train shape: (60000, 28, 28, 1)`, `X_test.shape (10000, 784)`.
    private boolean shape(String line) {
        if (line.length() > 120) return false;
        int at = LineCleaning.lower(line).indexOf("shape");
        int open = at < 0 ? -1 : line.indexOf('(', at);
        if (open < 0 || open - at > 12) return false;
        int comma = line.indexOf(',', open);
        long n = comma < 0 ? -1 : Readings.whole(line, LineCleaning.skipBlanks(line, open + 1), comma);
        if (n < 10) return false;
        for (var word : line.substring(0, at).split("[^\\p{L}\\d]+", 8)) {
            var role = Names.role(word);
            if (role.isPresent() && word.length() > 2) return set(role.get(), n);
        }
        return false;
    }

    /// `Train size: 45000`, `Number of training images: 2000`, `len(train_dataset) = 50000`, `Training set has 60000 instances`.
    private boolean sizes(String line) {
        if (line.length() > 100) return false;
        var lower = line.toLowerCase(Locale.ROOT);
        boolean counting = lower.contains("size") || lower.contains("number of") || lower.contains("num ")
                || lower.contains("len(")
                || lower.contains("images") || lower.contains("samples") || lower.contains("instances")
                || lower.contains("# ")
                || lower.contains("examples") || lower.contains("data");
        if (!counting || lower.contains("batch") || lower.contains("epoch") || lower.contains("loss")
                || lower.contains("acc")
                || lower.contains("input") || lower.contains("step") || lower.contains("vocab") || lower.contains("%")
                || lower.contains("class") || lower.contains("/"))
            return false;
        Optional<Role> role = Optional.empty();
        long n = -1;
        int numbers = 0;
        for (var word : lower.split("[^\\p{L}\\d.,]+", 20)) {
            var token = word.replace(",", "");
            while (token.endsWith(".")) token = token.substring(0, token.length() - 1);
            long value = token.isEmpty() || !Readings.isDigit(token.charAt(0))
                    ? -1
                    : Readings.whole(token, 0, token.length());
            if (value >= 0) {
                numbers++;
                n = value;
            } else if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
                return false;
            }
            if (role.isEmpty() && token.length() > 2) role = Names.role(token);
        }
        return numbers == 1 && n >= 10 && role.isPresent() && set(role.get(), n);
    }

    private boolean set(Role role, long n) {
        switch (role) {
            case TRAINING -> training = n;
            case VALIDATION -> validation = n;
            case TEST -> test = n;
        }
        return true;
    }

    /// The steps of one validation, seen from a bar of its own.
    void validationBatches(long steps) {
        if (validationBatches == UNKNOWN) validationBatches = steps;
    }

    /// The number of classes, from a record beside the text.
    void classes(int count) {
        if (classes < 0) classes = count;
    }

    /// The size of a scored set, seen from a fraction such as `9832/10000`.
    void scored(Role role, long images) {
        // Some loops print the hits so far, so that only the largest is the whole set.
        scored.merge(role, images, Math::max);
    }

    DataFacts facts(Optional<ModelSummary> model) {
        long[] sizes = {size(training, Role.TRAINING), size(validation, Role.VALIDATION), size(test, Role.TEST)};
        if (!foundFiles && found.size() > 1) {
            for (int i = 0; i < Math.min(3, found.size()); i++) {
                if (sizes[i] == UNKNOWN) sizes[i] = found.get(i).images();
            }
        }
        return new DataFacts(found, optional(sizes[0]), optional(sizes[1]), optional(sizes[2]),
                classes < 0 ? OptionalInt.empty() : OptionalInt.of(classes), optional(trainingBatches),
                optional(validationBatches), model);
    }

    private long size(long printed, Role role) {
        return printed == UNKNOWN ? scored.getOrDefault(role, UNKNOWN) : printed;
    }

    private static OptionalLong optional(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static String[] words(String line) {
        return line.trim().split("[ \t,]+", 24);
    }

    private static long number(String word) {
        var digits = word;
        while (!digits.isEmpty() && !Readings.isDigit(digits.charAt(digits.length() - 1)))
            digits = digits.substring(0, digits.length() - 1);
        return digits.isEmpty() ? -1 : Readings.whole(digits, 0, digits.length());
    }

    private static int indexOf(String[] words, String word) {
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals(word)) return i;
        }
        return -1;
    }

    private static int lastIndexOf(String[] words, String word) {
        for (int i = words.length - 1; i >= 0; i--) {
            if (words[i].equals(word)) return i;
        }
        return -1;
    }
}
