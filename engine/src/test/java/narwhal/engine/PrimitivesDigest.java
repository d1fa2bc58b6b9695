package narwhal.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Prints a number for the bits of every primitive's results, so that two Java virtual machines can be compared.
final class PrimitivesDigest {
    private PrimitivesDigest() {
    }

    static void main() {
        lines().forEach(IO::println);
    }

    /// Of 17 channels no vector holds all; 8 and 24 fill the vectors of some machines and not of others.
    static List<String> lines() {
        try (var engine = Engine.cpu(1)) {
            return Primitives.ALL.keySet().stream().flatMap(operation -> IntStream.of(8, 17, 24)
                    .mapToObj(channels -> operation + " " + channels + " " + digest(engine, operation, channels)))
                    .toList();
        }
    }

    private static List<Integer> digest(Engine engine, String operation, int channels) {
        return Primitives.results(operation, engine, 2, 4, 3, channels).stream().map(Arrays::hashCode).toList();
    }
}
