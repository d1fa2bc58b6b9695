package narwhal.doctor;

/// What a user sees first. Explanations of the same symptom are rivals: at most one is raised.
public enum Symptom {
    /// Validation goes up and down, training does not.
    SWINGS,
    /// Validation is much worse than training.
    WORSE,
    /// Validation is better than training.
    BETTER,
    /// Training does not learn.
    STUCK,
    /// Training or validation gets worse again.
    WORSENS,
    /// The run ended early, or parts of it are missing.
    INCOMPLETE,
    /// The curves level off.
    LEVELS_OFF,
    /// The curves show nothing; the set-up does.
    NONE
}
