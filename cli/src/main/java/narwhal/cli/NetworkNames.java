package narwhal.cli;

import java.util.Iterator;
import java.util.List;
import narwhal.layers.Layer;
import narwhal.models.Networks;

/// The networks that have a name on the command line.
final class NetworkNames implements Iterable<String> {
    static final String USUAL = "small";

    @Override
    public Iterator<String> iterator() {
        return Networks.names().iterator();
    }

    static boolean isKnown(String name) {
        return Networks.names().contains(name);
    }

    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` with the nearest name
    static void check(String name) {
        Values.checkWord("--model", name, List.copyOf(Networks.names()));
    }

    /// The network of that name for so many classes.
    static Layer network(String name, int classes) {
        check(name);
        return Networks.named(name, classes);
    }
}
