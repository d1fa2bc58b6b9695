package narwhal.doctor.forensics;

import org.jspecify.annotations.Nullable;

/// What printed digits say of numbers of images, each worked out when somebody asks for it first. One worker for each search.
final class CountedImages {
    private final Digits digits;
    private final @Nullable Row[] rows;
    /// What [#share] found, 0 where nobody has asked.
    private final double[] shares;

    /// Which of the printed values a number of images allows.
    private record Row(boolean[] attainable, int misses) {}

    /// @param most images that one evaluation can score
    CountedImages(Digits digits, long most) {
        this.digits = digits;
        rows = new Row[(int) Math.min(digits.mute(), most) + 1];
        shares = new double[rows.length];
    }

    /// For each value, whether it is a share of so many images.
    boolean[] attainable(long images) {
        return row(images).attainable;
    }

    /// How many values are no share of so many images.
    int misses(long images) {
        return row(images).misses;
    }

    private Row row(long images) {
        int n = (int) Math.min(images, rows.length - 1);
        var row = rows[n];
        if (row == null) {
            var attainable = new boolean[digits.size()];
            int misses = 0;
            for (int e = 0; e < attainable.length; e++) {
                attainable[e] = digits.attainable(e, n);
                if (!attainable[e]) misses++;
            }
            row = new Row(attainable, misses);
            rows[n] = row;
        }
        return row;
    }

    /// The chance that an unrelated value fits a number of images; most numbers fall before anybody asks.
    double share(long images) {
        int n = (int) Math.min(images, rows.length - 1);
        if (shares[n] == 0) shares[n] = digits.share(n);
        return shares[n];
    }

    /// Natural logarithm of how rarely an unrelated value fits.
    double surprise(long images) {
        return Math.max(0, -Math.log(share(images)));
    }

    /// Whether hits in all epochs would still be worth next to nothing: so many images allow nearly every value.
    boolean saysNothing(long fewest) {
        return fewest >= digits.mute() || fewest > digits.mute() / 2 && surprise(fewest) * digits.size() < 1;
    }
}
