package narwhal.doctor;

/// Kinds of evidence. Each has a cap, so that no kind claims more than it can bear; different kinds add up.
public enum Grounds {
    /// Whole-number arithmetic on printed digits.
    COUNTS(25),
    /// What our own run counted picture by picture.
    AUDIT(25),
    /// A rhythm.
    PERIOD(12),
    /// An exact level: a constant of the loss, a chance level hit in every epoch.
    LEVEL(10),
    /// A message of the framework.
    MESSAGE(10),
    /// The shape of curves.
    SHAPE(5),
    /// Arithmetic on what the user states: statements are wrong about once in fifty.
    STATED(4);

    private final double cap;

    Grounds(double cap) {
        this.cap = cap;
    }

    /// The most that all evidence of this kind together may weigh, in nats.
    public double cap() {
        return cap;
    }
}
