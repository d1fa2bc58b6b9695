package narwhal.doctor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/// What one check thinks of a run, before it has met the other explanations.
///
/// @param illness what it suspects
/// @param severity if it is right
/// @param title one sentence that a tired person understands
/// @param signs evidence with weights, the most telling first
/// @param consequences what follows from it for the user's figures and files
/// @param remedy in the user's own terms, lines to copy
/// @param confirm what would settle the matter at the least cost
/// @param share of the oddity it explains, 0 to 1
/// @param openQuestion which missing input would decide, where the decisive test could not be run: then it never rises
/// above info
public record Suspicion(Illness illness, Severity severity, String title, List<Sign> signs, List<String> consequences,
        String remedy, String confirm, double share, Optional<String> openQuestion) {
    public Suspicion {
        signs = List.copyOf(signs);
        consequences = List.copyOf(consequences);
    }

    /// A suspicion without evidence yet.
    public static Suspicion of(Illness illness, Severity severity, String title) {
        return new Suspicion(illness, severity, title, List.of(), List.of(), "", "", 1, Optional.empty());
    }

    /// With one more piece of evidence.
    public Suspicion sign(Grounds grounds, double nats, Evidence evidence) {
        return sign(new Sign(grounds, nats, evidence));
    }

    /// With one more piece of evidence.
    public Suspicion sign(Sign sign) {
        var more = new ArrayList<>(signs);
        more.add(sign);
        return new Suspicion(illness, severity, title, more, consequences, remedy, confirm, share, openQuestion);
    }

    /// With one more piece of evidence where there is one.
    public Suspicion sign(Optional<Sign> sign) {
        return sign.map(this::sign).orElse(this);
    }

    /// With something the reader should know that weighs nothing.
    public Suspicion note(Evidence evidence) {
        return sign(Sign.note(evidence));
    }

    public Suspicion consequence(String consequence) {
        var more = new ArrayList<>(consequences);
        more.add(consequence);
        return new Suspicion(illness, severity, title, signs, more, remedy, confirm, share, openQuestion);
    }

    /// With what follows too, in that order.
    public Suspicion consequences(List<String> further) {
        var more = new ArrayList<>(consequences);
        more.addAll(further);
        return new Suspicion(illness, severity, title, signs, more, remedy, confirm, share, openQuestion);
    }

    public Suspicion remedy(String remedy) {
        return new Suspicion(illness, severity, title, signs, consequences, remedy, confirm, share, openQuestion);
    }

    public Suspicion confirm(String confirm) {
        return new Suspicion(illness, severity, title, signs, consequences, remedy, confirm, share, openQuestion);
    }

    public Suspicion share(double share) {
        return new Suspicion(illness, severity, title, signs, consequences, remedy, confirm, share, openQuestion);
    }

    public Suspicion severity(Severity severity) {
        return new Suspicion(illness, severity, title, signs, consequences, remedy, confirm, share, openQuestion);
    }

    /// Its decisive test could not be run.
    ///
    /// @param question which input would decide
    public Suspicion open(String question) {
        return new Suspicion(illness, severity, title, signs, consequences, remedy, confirm, share,
                Optional.of(question));
    }

    /// The weight of all evidence in nats, each kind within its cap.
    public double nats() {
        var sums = new EnumMap<Grounds, Double>(Grounds.class);
        for (var sign : signs) sums.merge(sign.grounds(), sign.nats(), Double::sum);
        double nats = 0;
        for (var sum : sums.entrySet()) nats += Math.clamp(sum.getValue(), -sum.getKey().cap(), sum.getKey().cap());
        return nats;
    }

    /// Whether what the user states speaks for it as clearly as statements can, by itself.
    boolean isStated() {
        return signs.stream().filter(sign -> sign.grounds() == Grounds.STATED).mapToDouble(Sign::nats)
                .sum() >= Grounds.STATED.cap();
    }

    /// Prior times likelihood ratio.
    public double weight() {
        return illness.prior() * Math.exp(nats());
    }
}
