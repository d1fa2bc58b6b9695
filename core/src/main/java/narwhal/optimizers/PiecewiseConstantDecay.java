package narwhal.optimizers;

import java.util.List;

/// One value up to and including the first boundary, the next one up to the second, and so on.
///
/// @param boundaries steps, rising
/// @param values one more than boundaries, each above 0
public record PiecewiseConstantDecay(List<Long> boundaries, List<Double> values) implements Schedule {
    public PiecewiseConstantDecay {
        Checks.argument(values.size() == boundaries.size() + 1, "piecewiseConstantDecay needs one value more than its "
                + boundaries.size() + " boundaries, got " + values.size());
        Checks.argument(boundaries.stream().sorted().toList().equals(boundaries),
                "piecewiseConstantDecay needs rising boundaries, got " + boundaries);
        boundaries = List.copyOf(boundaries);
        values = List.copyOf(values);
    }

    @Override
    public double at(long iteration) {
        int place = 0;
        while (place < boundaries.size() && iteration > boundaries.get(place)) place++;
        return values.get(place);
    }
}
