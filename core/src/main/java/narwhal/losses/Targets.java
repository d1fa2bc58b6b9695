package narwhal.losses;

/// How the class of a picture becomes a row of numbers.
public enum Targets {
    /// One number: 0 for the first class, 1 for the second.
    BINARY,
    /// One number for each class: 1 for its own, 0 for the others.
    ONE_HOT,
    /// [#BINARY] for a model of one output, [#ONE_HOT] for one of several.
    BY_OUTPUT;

    /// What it is for a model with so many outputs; never [#BY_OUTPUT].
    public Targets of(int outputs) {
        if (this != BY_OUTPUT) return this;
        return outputs == 1 ? BINARY : ONE_HOT;
    }
}
