package narwhal.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import narwhal.guarded.Limits;
import picocli.CommandLine.Option;

/// How much a model file may ask for.
final class LimitOptions {
    @Option(names = "--limit", paramLabel = "NAME=NUMBER", description = "Raises a safety limit for a trusted model file; an error that hits one names it.")
    private final Map<String, Long> limits = new LinkedHashMap<>();

    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` for a name that is no limit
    Limits limits() {
        var all = Limits.standard();
        for (var limit : limits.entrySet()) all = all.with(limit.getKey(), limit.getValue());
        return all;
    }
}
