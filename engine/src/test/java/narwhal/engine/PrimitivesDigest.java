package narwhal.engine;

import java.util.Arrays;
import java.util.List;

/// Prints a number for the bits of every primitive's results, so that two Java virtual machines can be compared.
final class PrimitivesDigest {
    private PrimitivesDigest() {
    }

    static void main() {
        lines().forEach(IO::println);
    }

    static List<String> lines() {
        try (var engine = Engine.cpu(1)) {
            return Primitives.ALL.keySet().stream().map(operation -> operation + " "
                    + Primitives.results(operation, engine, 2, 4, 3, 17).stream().mapToInt(Arrays::hashCode).boxed()
                            .toList())
                    .toList();
        }
    }
}
