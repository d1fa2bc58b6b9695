package narwhal.doctor;

import java.util.List;
import java.util.Optional;
import narwhal.history.log.Leftovers;
import narwhal.history.log.LogFormat;

/// What the doctor has to say about a log.
///
/// @param findings in the order in which they are reported: severity, then confidence times what they explain
/// @param honest what validation would have shown over the whole set; empty without a validation metric
/// @param subject what was examined
/// @param rejected explanations of the same symptoms that lost, each with its reason
/// @param working lines of arithmetic for those who want to check it
/// @param cases the runs examined, the longest first
public record Diagnosis(List<Finding> findings, Optional<HonestFigure> honest, Subject subject, List<String> rejected,
        List<String> working, List<Case> cases) {
    public Diagnosis {
        findings = List.copyOf(findings);
        rejected = List.copyOf(rejected);
        working = List.copyOf(working);
        cases = List.copyOf(cases);
    }

    /// What was examined.
    ///
    /// @param format of the log
    /// @param epochs complete ones of the run examined first
    /// @param runs in the log
    /// @param trainingImages where known
    /// @param validationImages where known
    /// @param classes where known
    /// @param decimals of the validation accuracy; -1 where all digits of a float are there or there is none
    /// @param leftovers lines not understood
    /// @param ignoredFacts statements not understood
    /// @param notExamined what could not be looked at and why
    public record Subject(LogFormat format, int epochs, int runs, Optional<Known> trainingImages,
            Optional<Known> validationImages, Optional<Known> classes, int decimals, Leftovers leftovers,
            List<String> ignoredFacts, List<String> notExamined) {
        public Subject {
            ignoredFacts = List.copyOf(ignoredFacts);
            notExamined = List.copyOf(notExamined);
        }
    }

    /// Findings that are more than information.
    public List<Finding> raised() {
        return findings.stream().filter(finding -> finding.severity() != Severity.INFO).toList();
    }

    /// Whether a finding at or above `severity` was made.
    public boolean has(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity().atLeast(severity));
    }
}
