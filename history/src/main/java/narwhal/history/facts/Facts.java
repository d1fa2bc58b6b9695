package narwhal.history.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What a user states about a run. Nothing here is checked against the log: where both disagree, the disagreement is often the
/// diagnosis.
///
/// ```java
/// var facts = Facts.NONE.with(FactKey.VALIDATION_BATCH, new Stated<>(32L, "val_batchsize = 32", false));
/// long batch = facts.value(FactKey.VALIDATION_BATCH).orElse(32L);
/// ```
public final class Facts {
    /// Nothing is stated.
    public static final Facts NONE = new Facts(new TreeMap<>(), List.of());

    private final SequencedMap<FactKey<?>, Stated<?>> stated;
    private final List<String> ignored;

    private Facts(SequencedMap<FactKey<?>, Stated<?>> stated, List<String> ignored) {
        this.stated = Collections.unmodifiableSequencedMap(stated);
        this.ignored = List.copyOf(ignored);
    }

    /// What is stated under a key, with the line it comes from.
    @SuppressWarnings("unchecked") // `with` lets only values of the key's type in
    public <T> Optional<Stated<T>> get(FactKey<T> key) {
        return Optional.ofNullable((Stated<T>) stated.get(key));
    }

    /// The value stated under a key.
    public <T> Optional<T> value(FactKey<T> key) {
        return get(key).map(Stated::value);
    }

    /// Whether something is stated under a key.
    public boolean has(FactKey<?> key) {
        return stated.containsKey(key);
    }

    /// The keys under which something is stated, in the order of the manual.
    public List<FactKey<?>> keys() {
        return List.copyOf(stated.keySet());
    }

    /// Lines of which nothing was understood, in order, each at most 200 characters.
    public List<String> ignored() {
        return ignored;
    }

    /// Whether nothing is stated.
    public boolean isEmpty() {
        return stated.isEmpty();
    }

    /// These facts and one more, which replaces an earlier one under the same key.
    public <T> Facts with(FactKey<T> key, Stated<T> fact) {
        var all = new TreeMap<FactKey<?>, Stated<?>>(stated);
        all.put(key, fact);
        return new Facts(all, ignored);
    }

    /// These facts and others; where both state something, the others win, a stated value over a default.
    public Facts and(Facts others) {
        var all = new TreeMap<FactKey<?>, Stated<?>>(stated);
        others.stated.forEach((key, fact) -> all.merge(key, fact,
                (mine, theirs) -> theirs.byDefault() && !mine.byDefault() ? mine : theirs));
        var lines = new ArrayList<String>(ignored);
        lines.addAll(others.ignored);
        return new Facts(all, lines);
    }

    /// These facts and a line of which nothing was understood.
    public Facts ignoring(String line) {
        var lines = new ArrayList<String>(ignored);
        lines.add(line);
        return new Facts(stated, lines);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Facts facts && stated.equals(facts.stated) && ignored.equals(facts.ignored);
    }

    @Override
    public int hashCode() {
        return 31 * stated.hashCode() + ignored.hashCode();
    }

    @Override
    public String toString() {
        return "Facts" + stated;
    }
}
