package narwhal.doctor.simulation;

/// A run whose truth is known.
///
/// @param truth the id of what is wrong with it, `healthy` where nothing is
/// @param log as the framework would have printed it
/// @param facts what its author would state
record Simulated(String truth, String log, String facts) {}
