package narwhal.doctor;

import java.util.Optional;

/// Looks for one illness. A check is a small class without state; what it says depends on the case alone. It answers when it
/// has something to say for or against its illness, and stays silent when the case does not have what it needs.
public interface Check {
    /// What it looks for.
    Illness illness();

    /// What it thinks of a run; empty where nothing points to its illness or the input is missing.
    Optional<Suspicion> examine(Case run);
}
