package narwhal.history.facts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import narwhal.history.facts.Python.Call;
import narwhal.history.facts.Python.Name;
import narwhal.history.facts.Python.Node;
import narwhal.history.facts.Python.Num;
import narwhal.history.facts.Python.Op;
import narwhal.history.facts.Python.Text;

/// The values that a script gave its names, and what arguments are worth with them.
final class Variables {
    private final Map<String, Node> values = new HashMap<>();

    void set(String name, Node value) {
        values.put(name, value);
    }

    /// The generator that a name stands for.
    Optional<Call> call(String name, String function) {
        return values.get(name) instanceof Call call && call.function().equals(function)
                ? Optional.of(call)
                : Optional.empty();
    }

    OptionalDouble number(Node node) {
        if (node instanceof Num number) return OptionalDouble.of(number.value());
        if (node instanceof Name name) {
            return values.get(name.value()) instanceof Num number
                    ? OptionalDouble.of(number.value())
                    : OptionalDouble.empty();
        }
        boolean cast = node instanceof Call call && call.arguments().size() == 1
                && (call.function().equals("int") || call.function().equals("float"));
        return cast && node instanceof Call call ? number(call.arguments().getFirst()) : OptionalDouble.empty();
    }

    OptionalDouble number(Optional<Node> node) {
        return node.map(this::number).orElse(OptionalDouble.empty());
    }

    OptionalLong whole(Optional<Node> node) {
        if (node.isEmpty()) return OptionalLong.empty();
        var value = number(node.get());
        boolean whole = value.isPresent() && value.getAsDouble() == Math.rint(value.getAsDouble())
                && Math.abs(value.getAsDouble()) < 1e15;
        return whole ? OptionalLong.of((long) value.getAsDouble()) : OptionalLong.empty();
    }

    Optional<Boolean> yes(Optional<Node> node) {
        return node.flatMap(value -> value instanceof Name name
                ? name.value().equals("True")
                        ? Optional.of(true)
                        : name.value().equals("False") ? Optional.of(false) : Optional.empty()
                : Optional.empty());
    }

    Optional<String> text(Optional<Node> node) {
        return node.flatMap(value -> switch (value) {
            case Text text -> Optional.of(text.value());
            case Name name -> Optional.of(values.get(name.value()) instanceof Text text
                    ? text.value()
                    : name.value().substring(name.value().lastIndexOf('.') + 1));
            case Call call -> Optional.of(call.function());
            default -> Optional.empty();
        });
    }

    /// `29124 // 32`, `1e-3 / 10`
    OptionalDouble quotient(Op op) {
        var dividend = number(op.left());
        var divisor = number(op.right());
        if (!op.operator().startsWith("/") || dividend.isEmpty() || divisor.isEmpty() || divisor.getAsDouble() <= 0)
            return OptionalDouble.empty();
        double exact = dividend.getAsDouble() / divisor.getAsDouble();
        return OptionalDouble.of(op.operator().equals("//") ? Math.floor(exact) : exact);
    }
}
