package narwhal.doctor.statistics;

/// What answers cost when they are scored by cross-entropy, in nats.
public final class CrossEntropy {
    private CrossEntropy() {
    }

    /// The entropy of two classes of which one has this share: what answering without looking costs.
    public static double ofTwo(double share) {
        return -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    }

    /// What it is at least at an accuracy: a wrong answer has a probability of a half at most.
    public static double least(double accuracy) {
        return (1 - accuracy) * Math.log(2);
    }

    /// What answering without looking costs among the number of equal classes for which that is nearest to a loss.
    public static double nearest(double loss) {
        return Math.log(Math.rint(Math.exp(loss)));
    }
}
