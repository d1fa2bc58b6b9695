package narwhal.data;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import narwhal.errors.Problem;

/// Which pictures belong together, such as the pieces of one recording: they look alike, so a split must not put some of
/// them into training and others into validation.
@FunctionalInterface
public interface Grouping {
    /// The key of a picture's group.
    ///
    /// @param name path below the class folder, with `/`, such as `rec12_003.png`
    String keyOf(String name);

    /// Each picture for itself.
    static Grouping none() {
        return name -> name;
    }

    /// Pieces are numbered at the end of the name: everything before the last run of digits is the recording, without a
    /// separator (`_ - . ` or a blank) in between. `rec12_003.png` belongs to `rec12`, `2019/rec7-1.jpg` to `2019/rec7`. A
    /// name without such an end is a group of its own, and the sub-folder of names that are nothing but digits is one.
    static Grouping recordings() {
        return new Recordings();
    }

    /// By a regular expression: names with the same first capturing group belong together (without one in it, with the same
    /// match). A name it does not match is a group of its own.
    ///
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` if it is none
    static Grouping matching(String expression) {
        try {
            return new Matching(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw Problem.USAGE_VALUE.because("\"" + expression + "\" is no regular expression: " + e.getDescription()
                    + " at character " + (e.getIndex() + 1), "repair it");
        }
    }

    /// See [#recordings].
    record Recordings() implements Grouping {
        private static final Pattern PIECE = Pattern.compile("(.*?)[_\\-. ]?[0-9]+(\\.[^./]*)?");

        @Override
        public String keyOf(String name) {
            var piece = PIECE.matcher(name);
            return piece.matches() && !piece.group(1).isEmpty() ? piece.group(1) : name;
        }
    }

    /// See [#matching].
    record Matching(Pattern pattern) implements Grouping {
        @Override
        public String keyOf(String name) {
            var found = pattern.matcher(name);
            if (!found.find()) return name;
            var key = found.groupCount() > 0 ? found.group(1) : found.group();
            return key == null ? name : key;
        }
    }
}
