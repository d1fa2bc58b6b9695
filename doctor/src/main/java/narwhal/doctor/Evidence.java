package narwhal.doctor;

/// A sentence that speaks for a finding, told apart by where its numbers come from.
public sealed interface Evidence {
    /// The sentence, without its origin.
    String text();

    /// Stands in the log.
    record Printed(String text) implements Evidence {}

    /// The user said so: a facts file, a pasted script.
    record Stated(String text) implements Evidence {}

    /// Arithmetic on the above, without an assumption.
    record Computed(String text) implements Evidence {}

    /// Follows from a model that could be wrong.
    record Inferred(String text) implements Evidence {}

    /// The word that stands before the sentence in every report.
    default String origin() {
        return switch (this) {
            case Printed printed -> "printed";
            case Stated stated -> "stated";
            case Computed computed -> "computed";
            case Inferred inferred -> "inferred";
        };
    }
}
