package narwhal.hdf5;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// A folder of groups and data sets.
///
/// @param file where it comes from, for errors
/// @param children by name, in the file's order
public record Group(String file, String path, List<Attribute> attributes, Map<String, Node> children) implements Node {
    public Group {
        attributes = List.copyOf(attributes);
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /// The child group of that name.
    public Optional<Group> group(String name) {
        return children.get(name) instanceof Group group ? Optional.of(group) : Optional.empty();
    }

    /// The data set at that path below this group, such as `conv2d_1/kernel:0`. Each part is the name of a child, nothing else.
    public Optional<DataSet> dataSet(String path) {
        Node node = this;
        for (var name : path.split("/", -1)) {
            if (!(node instanceof Group group)) return Optional.empty();
            node = group.children.get(name);
        }
        return node instanceof DataSet data ? Optional.of(data) : Optional.empty();
    }

    /// Whether there is an attribute of that name.
    public boolean has(String attribute) {
        return attributes.stream().anyMatch(a -> a.name().equals(attribute));
    }

    /// The attribute of that name, which is a single text.
    ///
    /// @throws NarwhalException `MODEL_DAMAGED` if it is something else
    public Optional<String> text(String attribute) {
        return find(attribute).map(found -> {
            if (found.texts().size() == 1) return found.texts().getFirst();
            throw damaged(attribute + " is " + found.type() + ", expected one text");
        });
    }

    /// A list of texts, which may be spread over attributes `name0`, `name1`, … where it is too long for one. An empty list may
    /// have any type.
    ///
    /// @throws NarwhalException `MODEL_DAMAGED` if it is something else
    public Optional<List<String>> texts(String attribute) {
        var whole = find(attribute);
        if (whole.isPresent()) return whole.map(this::list);
        if (!has(attribute + "0")) return Optional.empty();
        var texts = new java.util.ArrayList<String>();
        for (int i = 0; has(attribute + i); i++) texts.addAll(list(find(attribute + i).orElseThrow()));
        return Optional.of(texts);
    }

    private List<String> list(Attribute found) {
        if (found.texts().isEmpty() && found.count() > 0)
            throw damaged(found.name() + " is " + found.type() + ", expected texts");
        return found.texts();
    }

    private Optional<Attribute> find(String attribute) {
        return attributes.stream().filter(a -> a.name().equals(attribute)).findFirst();
    }

    private NarwhalException damaged(String what) {
        return Problem.MODEL_DAMAGED.because(file + ": " + path + ": " + what);
    }
}
