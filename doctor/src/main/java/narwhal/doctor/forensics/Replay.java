package narwhal.doctor.forensics;

import java.util.ArrayList;
import java.util.List;

/// What Keras' callbacks decide on a curve, to compare the printed curve with the honest one.
public final class Replay {
    /// Keras' default: an improvement of a plateau rule must exceed this.
    private static final double LEAST_GAIN = 1e-4;

    private Replay() {
    }

    /// Indices at which `ModelCheckpoint(save_best_only=True)` on a loss saves.
    public static List<Integer> kept(double... losses) {
        var kept = new ArrayList<Integer>();
        double best = Double.POSITIVE_INFINITY;
        for (int e = 0; e < losses.length; e++) {
            if (losses[e] < best) {
                best = losses[e];
                kept.add(e);
            }
        }
        return kept;
    }

    /// Indices at which `ReduceLROnPlateau(patience)` on a loss cuts the learning rate.
    public static List<Integer> cuts(int patience, double... losses) {
        var cuts = new ArrayList<Integer>();
        double best = Double.POSITIVE_INFINITY;
        int waited = 0;
        for (int e = 0; e < losses.length; e++) {
            if (losses[e] < best - LEAST_GAIN) {
                best = losses[e];
                waited = 0;
            } else if (++waited >= patience) {
                cuts.add(e);
                waited = 0;
            }
        }
        return cuts;
    }
}
