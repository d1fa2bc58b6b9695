package narwhal.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lets suspicions compete. The confidence of one is its posterior among its rivals, with `healthy` and `validation-noise`
/// always among them; a cause takes its symptoms with it; what stays below three in four is not raised.
final class Ranking {
    /// A false alarm counts three times a miss: 3/(3 + 1).
    private static final double RAISE = 0.75;
    private static final double MENTION = 0.5;
    private static final double SURELY_REJECTED = 0.02;
    private static final Set<Illness> ANSWERS = EnumSet.of(Illness.LABEL_ENCODING, Illness.HEAD_LOSS_MISMATCH);

    private final List<Suspicion> suspicions;
    private final Map<Illness, Double> confidence = new LinkedHashMap<>();
    private final double healthy;

    Ranking(List<Suspicion> suspicions) {
        this.suspicions = suspicions;
        double noise = suspicions.stream().filter(s -> s.illness() == Illness.VALIDATION_NOISE)
                .mapToDouble(Suspicion::nats).map(nats -> Math.min(0, nats)).findFirst().orElse(0);
        healthy = Illness.HEALTHY.prior() + Illness.VALIDATION_NOISE.prior() * Math.exp(noise);
        for (var suspicion : suspicions) confidence.put(suspicion.illness(), confidence(suspicion));
    }

    private static boolean competes(Suspicion suspicion) {
        return suspicion.illness() != Illness.HEALTHY && suspicion.illness() != Illness.VALIDATION_NOISE;
    }

    /// Whether at most one of them is true. Labels may be wrong and the last layer as well: each shows by itself.
    private static boolean excludes(Illness one, Illness other) {
        return one.rivals(other) && !(ANSWERS.contains(one) && ANSWERS.contains(other));
    }

    private double confidence(Suspicion suspicion) {
        double mine = suspicion.weight();
        double rivals = 0;
        for (var other : suspicions) {
            if (!competes(other) || !excludes(suspicion.illness(), other.illness())) continue;
            boolean kin = Causes.explains(suspicion.illness(), other.illness())
                    || Causes.explains(other.illness(), suspicion.illness());
            // What is worth knowing beside a cause is no other cause.
            if (other.severity() == Severity.INFO && suspicion.severity() != Severity.INFO) continue;
            // Two statements may both be true; only what explains the same curves excludes each other.
            boolean both = suspicion.isStated() && other.isStated();
            if (!kin && !both) rivals += other.weight();
        }
        return mine / (mine + healthy + rivals);
    }

    /// The findings in the order of the report.
    List<Finding> findings() {
        var raised = raised();
        var findings = new ArrayList<Finding>();
        for (var suspicion : raised) findings.add(finding(suspicion, suspicion.severity(), raised));
        var infos = new ArrayList<Suspicion>();
        for (var suspicion : suspicions) {
            if (!competes(suspicion) || raised.contains(suspicion)) continue;
            boolean explained = suspicion.severity() == Severity.INFO
                    && raised.stream().anyMatch(cause -> Causes.explains(cause.illness(), suspicion.illness()));
            if (sure(suspicion) >= MENTION && !explained) infos.add(suspicion);
        }
        infos.sort(Comparator.comparingDouble((Suspicion s) -> -sure(s) * s.share()));
        for (var info : infos) findings.add(finding(info, Severity.INFO, List.of()));
        if (raised.isEmpty()) verdictsOfHealth(findings);
        return findings;
    }

    private double sure(Suspicion suspicion) {
        return confidence.getOrDefault(suspicion.illness(), 0.0);
    }

    /// Suspicions that are raised: sure enough, decided, no symptom of another one, best of their rivals.
    private List<Suspicion> raised() {
        var candidates = suspicions.stream().filter(this::isCandidate)
                .sorted(Comparator.comparing(this::worst)
                        .thenComparingDouble((Suspicion s) -> -sure(s) * s.share())
                        .thenComparing(Suspicion::illness))
                .toList();
        var raised = new ArrayList<Suspicion>();
        for (var suspicion : candidates) {
            boolean symptom = candidates.stream()
                    .anyMatch(cause -> Causes.explains(cause.illness(), suspicion.illness()));
            boolean beaten = raised.stream().anyMatch(winner -> excludes(winner.illness(), suspicion.illness()));
            if (!symptom && !beaten) raised.add(suspicion);
        }
        return raised;
    }

    /// The severity of what it leads to, where that is worse than itself.
    private Severity worst(Suspicion cause) {
        return suspicions.stream().filter(this::isCandidate)
                .filter(other -> Causes.explains(cause.illness(), other.illness())).map(Suspicion::severity)
                .filter(led -> led.atLeast(cause.severity())).min(Comparator.naturalOrder()).orElse(cause.severity());
    }

    private boolean isCandidate(Suspicion s) {
        return competes(s) && s.severity() != Severity.INFO && s.openQuestion().isEmpty() && sure(s) >= RAISE;
    }

    private Finding finding(Suspicion suspicion, Severity severity, List<Suspicion> raised) {
        double sure = sure(suspicion);
        var consequences = new ArrayList<>(suspicion.consequences());
        var explained = raised.contains(suspicion) ? explained(suspicion) : List.<String>of();
        if (!explained.isEmpty()) consequences.add("explains as well: " + String.join(", ", explained));
        boolean doubtful = severity == Severity.INFO && suspicion.severity() != Severity.INFO
                && (sure < RAISE || suspicion.openQuestion().isPresent());
        var title = doubtful ? "Possibly: " + lower(suspicion.title()) : suspicion.title();
        var confirm = suspicion.openQuestion().map(question -> question + "; " + suspicion.confirm())
                .orElse(suspicion.confirm());
        var evidence = suspicion.signs().stream().map(Sign::evidence).toList();
        return new Finding(suspicion.illness(), severity, sure, title, evidence, consequences, suspicion.remedy(),
                confirm);
    }

    /// Ids of what would have been raised but for this cause.
    private List<String> explained(Suspicion cause) {
        return suspicions.stream().filter(other -> sure(other) >= RAISE && other.severity() != Severity.INFO)
                .filter(other -> Causes.explains(cause.illness(), other.illness())).map(other -> other.illness().id())
                .toList();
    }

    private static String lower(String title) {
        boolean word = title.length() > 1 && Character.isLowerCase(title.charAt(1));
        return word ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
    }

    private void verdictsOfHealth(List<Finding> findings) {
        double doubt = suspicions.stream().filter(Ranking::competes).filter(s -> s.severity() != Severity.INFO)
                .mapToDouble(Suspicion::weight).sum();
        int place = 0;
        for (var suspicion : suspicions) {
            if (competes(suspicion)) continue;
            double weight = suspicion.illness() == Illness.HEALTHY ? healthy : healthy * Math.exp(suspicion.nats());
            double sure = Math.min(1, weight / (healthy + doubt));
            if (sure < MENTION) continue;
            var evidence = suspicion.signs().stream().map(Sign::evidence).toList();
            var verdict = new Finding(suspicion.illness(), Severity.INFO, sure, suspicion.title(), evidence,
                    suspicion.consequences(), suspicion.remedy(), suspicion.confirm());
            findings.add(suspicion.illness() == Illness.HEALTHY ? 0 : place, verdict);
            place++;
        }
    }

    /// Rivals of what was raised that lost clearly, with the reason that weighed most against them.
    List<String> rejected() {
        var raised = raised();
        var lines = new ArrayList<String>();
        for (var suspicion : suspicions) {
            if (!competes(suspicion) || sure(suspicion) > SURELY_REJECTED) continue;
            boolean rival = raised.stream().anyMatch(winner -> winner.illness().rivals(suspicion.illness()));
            if (!rival) continue;
            suspicion.signs().stream().filter(sign -> sign.nats() < 0)
                    .min(Comparator.comparingDouble(Sign::nats))
                    .ifPresent(sign -> lines.add(suspicion.illness().id() + ": " + sign.evidence().text()));
        }
        return lines;
    }
}
