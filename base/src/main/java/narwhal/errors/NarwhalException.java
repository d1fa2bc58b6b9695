package narwhal.errors;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [Problem] that was met. The message is one line of at most 400 characters: code, place, what came, what was
/// expected, what to do. Made by [Problem#because].
public final class NarwhalException extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final int LONGEST = 400;

    private final Problem problem;
    private final String detail;
    private final String nextStep;

    NarwhalException(Problem problem, String detail, String nextStep, @Nullable Throwable cause) {
        super(oneLine(problem.code() + " " + clean(detail), "; " + clean(nextStep)), cause);
        this.problem = problem;
        this.detail = detail;
        this.nextStep = nextStep;
    }

    /// The line for the user: code, detail and advice.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The entry of the catalogue.
    public Problem problem() {
        return problem;
    }

    /// The message without code and advice.
    public String detail() {
        return detail;
    }

    /// The same problem with the place where it was met in front, such as the name of a layer.
    public NarwhalException at(String place) {
        return new NarwhalException(problem, place + ": " + detail, nextStep, this);
    }

    /// Shortens the front part, never the advice.
    private static String oneLine(String front, String advice) {
        int room = LONGEST - advice.length();
        if (front.length() <= room) return front + advice;
        if (room < 40) return (front + advice).substring(0, LONGEST - 1) + "…";
        return front.substring(0, room - 1) + "…" + advice;
    }

    /// File and class names are somebody else's text: control characters would break the line or the terminal.
    private static String clean(String text) {
        var cleaned = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
                cleaned.append(String.format(Locale.ROOT, "\\u%04x", c));
            else
                cleaned.appendCodePoint(c);
        });
        return cleaned.toString();
    }
}
