package narwhal.museum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Runs a reader on many spoilt copies of good files.
public final class Fuzz {
    private static final long FIRST_SEED = 20_261_125;

    private Fuzz() {
    }

    /// Spoils each file in turn until `runs` are done. A failure names file and seed, so that it can be repeated.
    ///
    /// @param repair makes checksums right again, so that what lies behind them is reached
    /// @param reader must throw nothing but a refusal, quickly and with little memory
    /// @return how many spoilt files were accepted
    public static int run(Map<String, byte[]> files, int runs, UnaryOperator<byte[]> repair, Consumer<byte[]> reader) {
        int accepted = 0;
        for (int run = 0; run < runs;) {
            for (var file : files.entrySet()) {
                long seed = FIRST_SEED + run++;
                var spoilt = repair.apply(new Mutator(seed).spoil(file.getValue()));
                var caught = Museum.measured(file.getKey() + ", seed " + seed, () -> reader.accept(spoilt));
                if (caught == null) accepted++;
            }
        }
        assertThat(accepted).as("accepted of %d", runs).isBetween(1, runs - runs / 10);
        return accepted;
    }
}
