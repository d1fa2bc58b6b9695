package narwhal.doctor;

import java.util.Locale;

/// How much a finding matters, by its consequence.
public enum Severity {
    /// Figures cannot be trusted, or training cannot succeed.
    ERROR,
    /// The result is materially worse, or a decision is endangered.
    WARNING,
    /// Worth knowing; nothing need be done.
    INFO;

    /// Whether this is at or above `other`.
    public boolean atLeast(Severity other) {
        return compareTo(other) <= 0;
    }

    /// `error`, `warning` or `info`, as reports write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
