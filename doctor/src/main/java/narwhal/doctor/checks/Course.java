package narwhal.doctor.checks;

import narwhal.doctor.Curve;

/// How a loss goes down that hardly goes down at all. A network that learns too slowly keeps its pace; one that answers constantly
/// learns the shares of the classes, comes to rest, and wavers.
///
/// @param down share of the steps that go down, of those that go anywhere
/// @param bend fall of the second half over that of the first: 1 for a straight line, near 0 for a curve that comes to rest
/// @param p chance of such an order among exchangeable values
record Course(double down, double bend, double p) {
    static Course of(Curve loss) {
        int size = loss.size();
        if (size < 4) return new Course(0, 0, 1);
        int down = 0;
        int up = 0;
        for (int i = 1; i < size; i++) {
            if (loss.value(i) < loss.value(i - 1)) down++;
            if (loss.value(i) > loss.value(i - 1)) up++;
        }
        double half = (size - 1) / 2.0;
        double middle = (loss.value((int) Math.floor(half)) + loss.value((int) Math.ceil(half))) / 2;
        double before = loss.first() - middle;
        double after = middle - loss.last();
        var trend = loss.trend();
        return new Course((double) down / Math.max(3, down + up), before <= 0 ? (after > 0 ? 1 : 0) : after / before,
                trend.slope() < 0 ? trend.p() : 1);
    }

    /// Falls in nearly all steps and keeps its pace.
    boolean straight() {
        return p < 0.01 && down >= 0.8 && bend > 0.5;
    }

    /// Has come to rest after a fall.
    boolean rests() {
        return p < 0.05 && bend < 0.3;
    }
}
