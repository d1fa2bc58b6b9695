package narwhal.history.facts;

/// A value somebody states, with the words it was taken from.
///
/// @param value what is stated
/// @param line the line as written, trimmed, at most 200 characters
/// @param byDefault whether only the choice is stated and the value is the default of the framework (`RMSprop` alone states a
///        learning rate of 1e-3)
public record Stated<T>(T value, String line, boolean byDefault) {}
