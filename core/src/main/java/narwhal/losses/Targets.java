package narwhal.losses;

/// How the class of a picture becomes a row of numbers.
public enum Targets {
    /// One number: 0 for the first class, 1 for the second.
    BINARY,
    /// One number for each class: 1 for its own, 0 for the others.
    ONE_HOT
}
