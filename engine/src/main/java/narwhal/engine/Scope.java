package narwhal.engine;

/// A stretch of work whose results are given back together. What an [Engine] computes while a scope is open belongs to the
/// innermost one; closing it returns the memory for the next step and makes those tensors unusable.
///
/// ```java
/// try (var scope = engine.scope()) {
///     float[] y = engine.read(engine.activate(relu, x));
/// }
/// ```
public interface Scope extends AutoCloseable {
    @Override
    void close();
}
