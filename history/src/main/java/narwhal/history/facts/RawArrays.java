package narwhal.history.facts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import narwhal.history.facts.Python.Call;
import narwhal.history.facts.Python.Name;
import narwhal.history.facts.Python.Node;
import narwhal.history.facts.Python.Seq;

/// Follows the arrays of one of Keras' data sets from `load_data()` to `fit` and states their range where nothing on the way brings them
/// to another. A script that speaks of scaling anywhere says nothing here.
final class RawArrays {
    private static final String BYTES = "0..255";
    /// The columns of `boston_housing` reach from a crime rate of 0.006 to a tax of 711.
    private static final Map<String, String> RANGES = Map.of("mnist", BYTES, "fashion_mnist", BYTES, "cifar10", BYTES,
            "cifar100", BYTES, "boston_housing", "0..711");
    private static final Pattern LOADED = Pattern
            .compile("\\(\\s*(\\w+)\\s*,\\s*\\w+\\s*\\)\\s*,\\s*\\(\\s*(\\w+)\\s*,\\s*\\w+\\s*\\)"
                    + "\\s*=\\s*(?:\\w+\\.){0,4}(\\w+)\\.load_data\\(");
    private static final Pattern SCALING = Pattern
            .compile("(?i)255|127\\.5|ormali[sz]|scal(?:er|ing|e\\()|preprocess|whiten");
    /// What leaves values as they are.
    private static final Set<String> KEEPING = Set.of("reshape", "astype", "expand_dims", "array", "asarray", "copy",
            "cast", "transpose", "flatten", "ravel", "float", "convert_to_tensor");

    private static final Pattern PART = Pattern.compile("\\[.*|\\s*[-+*/]{1,2}\\s*$");

    private final FactsBuilder facts;
    private final Map<String, String> ranges = new HashMap<>();
    private final boolean scales;

    /// @param script all of it
    RawArrays(FactsBuilder facts, String script) {
        this.facts = facts;
        scales = SCALING.matcher(script).find();
    }

    /// Takes a statement in.
    void statement(String source) {
        if (scales) return;
        var loaded = LOADED.matcher(source);
        if (loaded.find()) {
            var range = RANGES.get(loaded.group(3));
            if (range == null) return;
            ranges.put(loaded.group(1), range);
            ranges.put(loaded.group(2), range);
            return;
        }
        if (ranges.isEmpty()) return;
        int sign = CodeLine.assignment(source);
        var value = Python.expression(source.substring(sign > 0 ? sign + 1 : 0).strip()).node();
        if (sign > 0) assigned(source.substring(0, sign).split(",", 10), value);
        if (value instanceof Call call && call.function().equals("fit")
                && call.arguments().size() + call.keywords().size() > 1)
            call.argument(0, "x").flatMap(this::range).ifPresent(range -> facts.byDefault(FactKey.INPUT_RANGE, range));
    }

    private void assigned(String[] targets, Node value) {
        boolean each = value instanceof Seq seq && seq.values().size() == targets.length;
        var found = new HashMap<String, Optional<String>>();
        for (int k = 0; k < targets.length; k++) {
            var part = each && value instanceof Seq seq ? seq.values().get(k) : value;
            // Of `train_test_split(x, y)` the first half of the names takes parts of the images.
            boolean split = part instanceof Call call && call.function().equals("train_test_split")
                    && k < targets.length / 2;
            found.put(array(targets[k].strip()),
                    split && part instanceof Call call ? call.argument(0).flatMap(this::range) : range(part));
        }
        found.forEach((name, range) -> {
            if (range.isPresent()) ranges.put(name, range.get());
            else
                ranges.remove(name);
        });
    }

    /// The range of what an expression gives, if it is one of the arrays in another shape or a part of it.
    private Optional<String> range(Node node) {
        return switch (node) {
            case Name name -> Optional.ofNullable(ranges.get(array(name.value())));
            case Call call when KEEPING.contains(call.function()) -> {
                int point = call.callee().lastIndexOf('.');
                var own = point < 0 ? null : ranges.get(array(call.callee().substring(0, point)));
                yield own != null ? Optional.of(own) : call.argument(0).flatMap(this::range);
            }
            default -> Optional.empty();
        };
    }

    /// `x` of `x[:1000]`, and of `x /` in front of `= 255`.
    private static String array(String name) {
        return PART.matcher(name).replaceFirst("").strip();
    }
}
