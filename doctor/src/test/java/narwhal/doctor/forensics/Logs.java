package narwhal.doctor.forensics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Public sample logs, cut down to their numbers.
final class Logs {
    private Logs() {
    }

    /// A column of a resource such as `seed.txt`: 0 loss, 1 accuracy, 2 val_loss, 3 val_accuracy.
    static double[] column(String name, int column) {
        return text(name).lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
                .mapToDouble(cells -> Double.parseDouble(cells[column])).toArray();
    }

    static String text(String name) {
        try (var in = Objects.requireNonNull(Logs.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int[] upTo(int epochs) {
        return java.util.stream.IntStream.range(0, epochs).toArray();
    }
}
