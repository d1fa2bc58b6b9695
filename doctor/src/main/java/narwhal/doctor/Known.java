package narwhal.doctor;

/// A number and where it comes from.
///
/// @param value the number
/// @param origin where it comes from
public record Known(long value, Origin origin) {
    /// Where a number comes from, the surest first.
    public enum Origin {
        PRINTED,
        STATED,
        COMPUTED,
        INFERRED
    }

    static Known printed(long value) {
        return new Known(value, Origin.PRINTED);
    }

    static Known stated(long value) {
        return new Known(value, Origin.STATED);
    }

    static Known inferred(long value) {
        return new Known(value, Origin.INFERRED);
    }

    /// A sentence about it, told by where it comes from.
    public Evidence evidence(String text) {
        return switch (origin) {
            case PRINTED -> new Evidence.Printed(text);
            case STATED -> new Evidence.Stated(text);
            case COMPUTED -> new Evidence.Computed(text);
            case INFERRED -> new Evidence.Inferred(text);
        };
    }
}
