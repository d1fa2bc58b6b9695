package narwhal.history.facts;

/// A framework and its version.
///
/// @param name in lower case: `keras`, `tensorflow`, `pytorch`, `narwhal`
/// @param version such as `2.2.4`; empty where not stated
public record Framework(String name, String version) {}
