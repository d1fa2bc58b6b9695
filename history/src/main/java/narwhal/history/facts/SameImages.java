package narwhal.history.facts;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Notices, from the assignments of a script, that what it validates on are images it trains on: `x_test, y_test = x_train, y_train`, or
/// `x = x[1000:]` and then `x_val = x[:1000]`, which takes the first of those that are left.
final class SameImages {
    private static final Pattern HELD_OUT = Pattern.compile("(?i)(?:^|_|^[xy])(?:val|valid|validation|test)(?![a-z])");
    private static final Pattern TRAINING = Pattern
            .compile("(?i)(?:[xy]_?)?train(?:_?(?:[xy]|data|images|labels|set|ds|gen(?:erator)?))?");
    private static final Pattern REST = Pattern.compile("(\\w{1,40})\\s*\\[\\s*\\w{1,20}\\s*:\\s*]");
    private static final Pattern BEGINNING = Pattern.compile("(\\w{1,40})\\s*\\[\\s*:\\s*\\w{1,20}\\s*]");

    /// Arrays whose beginning was cut off.
    private final Set<String> cut = new HashSet<>();

    /// Takes an assignment in.
    ///
    /// @param target the names on the left
    /// @param value the text on the right
    /// @return whether a set for validation is made of training images
    boolean assigned(String target, String value) {
        var name = first(target);
        var source = first(value);
        var rest = REST.matcher(source);
        if (rest.matches() && rest.group(1).equals(name)) cut.add(name);
        if (!HELD_OUT.matcher(name).find()) return false;
        Matcher beginning = BEGINNING.matcher(source);
        return TRAINING.matcher(source).matches() || beginning.matches() && cut.contains(beginning.group(1));
    }

    private static String first(String list) {
        int comma = list.indexOf(',');
        return (comma < 0 ? list : list.substring(0, comma)).strip();
    }
}
