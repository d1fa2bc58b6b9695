package narwhal.disk;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// How temporary files are called: hidden, after their target, and so that only ours are ever swept away.
final class TemporaryName {
    private static final String END = ".narwhal-tmp";
    private static final Pattern FORM = Pattern.compile("\\..*\\.\\d+-\\d+" + Pattern.quote(END));
    /// File systems allow 255 bytes; the longest decoration takes about 60, a character up to 4.
    private static final int LONGEST = 45;

    private TemporaryName() {
    }

    static String of(Path target, long process, long number) {
        var name = target.getFileName().toString();
        int end = Math.min(name.length(), LONGEST);
        if (end < name.length() && Character.isHighSurrogate(name.charAt(end - 1))) end--;
        return "." + name.substring(0, end) + "." + process + "-" + number + END;
    }

    static boolean matches(Path file) {
        return FORM.matcher(file.getFileName().toString()).matches();
    }
}
