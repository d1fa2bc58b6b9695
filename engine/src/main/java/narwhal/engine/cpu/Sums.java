package narwhal.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Adds what pieces of work have summed apart.
public final class Sums {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private Sums() {
    }

    /// `to[t + i] += from[f + i]` for 0 ≤ i < `count`. The two may be places of one array that do not overlap.
    public static void add(float[] from, int f, float[] to, int t, int count) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, to, t + i).add(FloatVector.fromArray(SPECIES, from, f + i))
                    .intoArray(to, t + i);
        }
        for (; i < count; i++) to[t + i] += from[f + i];
    }
}
