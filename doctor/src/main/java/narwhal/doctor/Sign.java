package narwhal.doctor;

/// A piece of evidence and what it weighs.
///
/// @param grounds of what kind it is
/// @param nats natural logarithm of how much likelier it is under the finding than in a healthy run with noise; negative
/// where it speaks against, 0 for what only informs
/// @param evidence the sentence
public record Sign(Grounds grounds, double nats, Evidence evidence) {
    /// Something the reader should know that weighs nothing.
    public static Sign note(Evidence evidence) {
        return new Sign(Grounds.STATED, 0, evidence);
    }
}
