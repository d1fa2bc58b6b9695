package narwhal.doctor;

import java.util.List;

/// What the doctor says: a cause with evidence, confidence, what to do and what would settle the matter.
///
/// @param illness what it is
/// @param severity as reported: a suspicion below the threshold is an info
/// @param confidence 0 to 1: among findings at x a share of about x is right
/// @param title one sentence
/// @param evidence why, the most telling first
/// @param consequences what follows
/// @param remedy what to do, in the user's own terms
/// @param confirm what would confirm or refute it
public record Finding(Illness illness, Severity severity, double confidence, String title, List<Evidence> evidence,
        List<String> consequences, String remedy, String confirm) {
    public Finding {
        evidence = List.copyOf(evidence);
        consequences = List.copyOf(consequences);
        if (evidence.isEmpty() || remedy.isBlank() || confirm.isBlank()) {
            throw new IllegalArgumentException(
                    illness.id() + ": a finding needs evidence, a remedy and a confirmation");
        }
    }

    /// As reports and pages write it, such as `rotating-validation`.
    public String id() {
        return illness.id();
    }
}
